package dev.mixedmodels.view;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Stands for the platform: serves the page of the installed bundle in a frame, and answers its messages as the platform
 * does. Only this machine can reach it.
 */
final class HostPage implements AutoCloseable {
    private static final String HTML = """
        <!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Host</title>
        <style>html, body, iframe { margin: 0; width: 100%%; height: 100%%; border: 0; display: block }</style></head>
        <body><iframe title="View" sandbox="allow-downloads allow-scripts allow-same-origin"></iframe><script>
        const config = { nodeId: "root:1", projectId: "project", workflowId: "root", extensionType: "view", hasNodeView: true };
        const mode = "%s";
        const data = %s;
        const frame = document.querySelector("iframe");
        window.asked = [];
        window.addEventListener("message", (event) => {
          if (event.source !== frame.contentWindow) { return; }
          window.asked.push(event.data.type + " " + ((event.data.payload || {}).method || ""));
          if (event.data.type !== "UIExtensionRequest") { return; }
          const { method, params } = event.data.payload;
          let payload;
          if (method === "getConfig") {
            payload = mode === "config" ? { ...config, initialData: data } : config;
          } else if (method === "callNodeDataService" && params[0].serviceType === "initial_data"
              && params[0].nodeId === "root:1" && params[0].projectId === "project" && params[0].workflowId === "root") {
            payload = mode === "text" ? JSON.stringify(data) : data;
          }
          frame.contentWindow.postMessage({ type: "UIExtensionResponse", requestId: event.data.requestId, payload }, "*");
        });
        frame.src = "view/index.html";
        </script></body></html>""";

    /** How the platform hands over the data. */
    enum Mode {
        /** With the configuration. */
        CONFIG,
        /** In answer to a call. */
        CALL,
        /** In answer to a call, as text. */
        TEXT
    }

    private final HttpServer server;
    private final Path view;
    private volatile String html = "";

    HostPage() throws IOException {
        view = installedView();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    /** The page's folder in the installation that run-node has made last. */
    private static Path installedView() throws IOException {
        Node.anova(); // installs
        try (Stream<Path> folders = Files.walk(Node.ROOT.resolve("tests/headless/target"), 4)) {
            final List<Path> found = folders.filter(p -> p.endsWith("view") && Files.exists(p.resolve("index.html")))
                .sorted(Comparator.comparingLong(p -> p.getParent().toFile().lastModified())).toList();
            return found.get(found.size() - 1);
        }
    }

    /**
     * @param answer what the platform answers, JSON such as {@code {"result": ...}}
     * @return the address to be opened
     */
    String with(final Mode mode, final String answer) {
        html = HTML.formatted(mode == Mode.CONFIG ? "config" : mode == Mode.TEXT ? "text" : "call",
            answer.replace("<", "\\u003c"));
        return "http://" + server.getAddress().getHostString() + ":" + server.getAddress().getPort() + "/host.html";
    }

    private void answer(final HttpExchange exchange) {
        final String path = exchange.getRequestURI().getPath();
        try (exchange) {
            final Path file = view.resolve(path.replaceFirst("^/view/", "")).normalize();
            if (path.equals("/host.html")) {
                send(exchange, "text/html; charset=utf-8", html.getBytes(StandardCharsets.UTF_8));
            } else if (path.startsWith("/view/") && file.startsWith(view) && Files.isRegularFile(file)) {
                send(exchange, path.endsWith(".js") ? "text/javascript" : "text/html", Files.readAllBytes(file));
            } else {
                exchange.sendResponseHeaders(path.equals("/favicon.ico") ? 204 : 404, -1);
            }
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void send(final HttpExchange exchange, final String type, final byte[] content) throws IOException {
        exchange.getResponseHeaders().add("Content-Type", type);
        exchange.sendResponseHeaders(200, content.length);
        exchange.getResponseBody().write(content);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
