// Starts the components on the page. Every page works without it.
import { initAll } from "../vendor/govuk-frontend.min.js";

initAll();
