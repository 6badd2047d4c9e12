package dev.mixedmodels.headless;

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
        return new Main(nodes, Path.of(""), System.out, System.err).run(arguments);
    }

    @Override
    public void stop() {
        // the process ends with the command, there is nothing to hand back
    }
}
