/*
 * Where the page gets its data from: in a report from the page itself; in KNIME from the window that the page is framed
 * in, by messages. A request is {type: "UIExtensionRequest", requestId, payload: {method, params}}, its answer
 * {type: "UIExtensionResponse", requestId, payload}.
 */
const PATIENCE = 20000;
let requests = 0;

function ask(method, ...params) {
  return new Promise((resolve, reject) => {
    const requestId = `mixed-models-${++requests}`;
    const timer = setTimeout(() => {
      window.removeEventListener("message", hear);
      reject(new Error("The data of this view did not arrive. Close the view and open it again."));
    }, PATIENCE);
    function hear(event) {
      if (event.source === window.parent && event.data && event.data.type === "UIExtensionResponse"
          && event.data.requestId === requestId) {
        clearTimeout(timer);
        window.removeEventListener("message", hear);
        resolve(event.data.payload);
      }
    }
    window.addEventListener("message", hear);
    window.parent.postMessage({ type: "UIExtensionRequest", requestId, payload: { method, params } }, "*");
  });
}

function parsed(value) {
  try {
    return typeof value === "string" ? JSON.parse(value) : value;
  } catch {
    throw new Error("The data of this view cannot be read. Execute the node again, then open the view again.");
  }
}

/** The result in an answer of the platform; its errors become errors of the page. */
function resultOf(answer) {
  const data = parsed(answer);
  const error = data && (data.userError || data.internalError);
  if (error) {
    throw new Error(error.message || error.title || "KNIME could not make the data of this view.");
  }
  return data ? parsed(data.result) : undefined;
}

/** What the node's view is to show. */
export async function load() {
  const embedded = document.getElementById("data");
  if (embedded) {
    return parsed(embedded.textContent);
  }
  if (window.parent === window) {
    return undefined;
  }
  const config = await ask("getConfig");
  window.parent.postMessage({ type: "UIExtensionReady" }, "*");
  if (config && config.initialData) {
    return resultOf(config.initialData);
  }
  const { extensionType, nodeId, projectId, workflowId } = config || {};
  return resultOf(await ask("callNodeDataService",
    { serviceType: "initial_data", dataServiceRequest: "", extensionType, nodeId, projectId, workflowId }));
}
