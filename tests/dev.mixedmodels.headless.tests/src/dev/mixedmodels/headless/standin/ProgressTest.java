package dev.mixedmodels.headless.standin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.ExecutionContext;
import org.knime.core.node.ExecutionMonitor;

import dev.mixedmodels.standin.progress.ProgressState;

/** How progress and cancellation travel between monitors. */
class ProgressTest {

    private final List<String> heard = new ArrayList<>();

    private final ProgressState state = new ProgressState((progress, message) -> heard.add(message));

    private final ExecutionContext context = new ExecutionContext(state, null);

    @Test
    void sharesOfTheProgressAddUp() {
        final ExecutionMonitor first = context.createSubProgress(0.4);
        first.setProgress(0.5);
        assertEquals(0.2, state.getProgress(), 1e-15);
        first.setProgress(1);
        final ExecutionContext second = context.createSubExecutionContext(0.6);
        second.createSubProgress(0.5).setProgress(1.0);
        assertEquals(0.7, state.getProgress(), 1e-15);
    }

    @Test
    void progressOutsideZeroToOneIsRefused() {
        for (double wrong : new double[]{-0.1, 1.1, Double.NaN}) {
            assertThrows(IllegalArgumentException.class, () -> context.setProgress(wrong));
            assertThrows(IllegalArgumentException.class, () -> context.createSubProgress(wrong));
        }
    }

    @Test
    void messagesPassUnlessTheShareIsSilent() {
        context.createSubProgress(0.1).setMessage("loud");
        context.createSilentSubProgress(0.1).setMessage("silent");
        assertEquals(List.of("loud"), heard);
    }

    @Test
    void cancellingReachesAllMonitors() throws CanceledExecutionException {
        final ExecutionMonitor inner = context.createSubExecutionContext(0.5).createSubProgress(0.5);
        inner.checkCanceled();
        state.setExecuteCanceled();
        assertThrows(CanceledExecutionException.class, inner::checkCanceled);
    }
}
