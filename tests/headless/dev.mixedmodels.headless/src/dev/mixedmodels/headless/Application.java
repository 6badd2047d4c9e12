package dev.mixedmodels.headless;

import org.eclipse.equinox.app.IApplication;
import org.eclipse.equinox.app.IApplicationContext;

/** The application that tests/headless/run-node starts. */
public final class Application implements IApplication {

    @Override
    public Object start(final IApplicationContext context) {
        return IApplication.EXIT_OK;
    }

    @Override
    public void stop() {
        // ends by itself
    }
}
