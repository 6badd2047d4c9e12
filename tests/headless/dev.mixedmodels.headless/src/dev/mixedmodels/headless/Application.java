package dev.mixedmodels.headless;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

import org.eclipse.equinox.app.IApplication;
import org.eclipse.equinox.app.IApplicationContext;
import org.osgi.framework.FrameworkUtil;

/**
 * The command line in an OSGi framework: {@code -application dev.mixedmodels.headless.run} and what {@link CommandLine}
 * takes. The exit code is the application's result.
 */
public final class Application implements IApplication {

    @Override
    public Object start(final IApplicationContext context) {
        context.applicationRunning();
        final String[] arguments = (String[])context.getArguments().get(IApplicationContext.APPLICATION_ARGS);
        final NodeCatalogue nodes = InstalledNodes.of(FrameworkUtil.getBundle(Application.class).getBundleContext());
        return new Main(nodes, Path.of(""), utf8(System.out), utf8(System.err)).run(arguments);
    }

    /** The stream whatever the platform's encoding. */
    private static PrintStream utf8(final PrintStream stream) {
        return new PrintStream(stream, true, StandardCharsets.UTF_8);
    }

    @Override
    public void stop() {
        // the process ends with the command, there is nothing to hand back
    }
}
