import { load } from "./platform.js";
import { show, showProblem } from "./page.js";

const page = document.getElementById("page");

/** What is wrong with what the page got, in a sentence; empty if nothing is. */
function problemOf(data) {
  if (!data || typeof data !== "object") {
    return "There is nothing to show: the node gave this view no data. Execute the node, then open the view again.";
  }
  if (data.problem) {
    return data.problem;
  }
  const picture = data.picture;
  if (!picture || !picture.overview || !Array.isArray(picture.charts)) {
    return "The data of this view are not complete. Execute the node again, then open the view again.";
  }
  return "";
}

try {
  const data = await load();
  const problem = problemOf(data);
  if (problem) {
    showProblem(page, problem);
  } else {
    show(page, data);
  }
} catch (error) {
  showProblem(page, error instanceof Error && error.message ? error.message : "The view could not be shown.");
}
