// The site's script: custom elements that improve what the server has rendered. Every page reads and works without it.
import "./elements/time";
import "./elements/countdown";
import "./elements/confirm";
import "./elements/once";
import "./elements/draft";
import "./elements/live";
import "./elements/copy";
import "./elements/push";
import "./elements/chart";
import "./elements/endless";
import "./elements/upload";
import "./elements/plan";
import "./elements/zone";
import "./elements/suggest";
import "./elements/zoom";
import "./elements/model";
import "./elements/scrub";
