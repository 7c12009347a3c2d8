"""People who sign in."""

from __future__ import annotations

from typing import Any, ClassVar
from uuid import uuid4

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models


class UserQuery(BaseUserManager["User"]):
    """How accounts are found and made."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        """An account for this address; without a password nobody can sign in to it by one."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """A person's account, known by e-mail address. What they may do is in their memberships."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    email = models.EmailField(unique=True)
    name = models.TextField(default="", blank=True)
    is_active = models.BooleanField(default=True)
    date_joined = models.DateTimeField(auto_now_add=True)

    objects = UserQuery()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        db_table = "person"

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        """What pages call this person."""
        return str(self)
