// Only what makes a working page more comfortable: every page works without it.
import {
  createAll, Button, CharacterCount, ErrorSummary, NotificationBanner, ServiceNavigation, SkipLink,
} from "govuk-frontend";

document.body.classList.add("js-enabled", "govuk-frontend-supported");
for (const component of [CharacterCount, ErrorSummary, NotificationBanner, ServiceNavigation, SkipLink]) {
  createAll(component);
}
createAll(Button, { preventDoubleClick: true });
