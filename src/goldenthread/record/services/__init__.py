"""The only way to change the record: functions named verb_noun, one transaction each, with an actor and a reason."""
