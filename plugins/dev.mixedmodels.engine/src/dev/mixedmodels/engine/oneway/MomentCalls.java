package dev.mixedmodels.engine.oneway;

import dev.mixedmodels.engine.peer.CalledData;
import dev.mixedmodels.engine.peer.RText;
import dev.mixedmodels.engine.peer.SasText;
import java.util.ArrayList;
import java.util.List;

/** The analysis-of-variance estimates in other programs: from mean squares. */
final class MomentCalls {
    private MomentCalls() {
    }

    /** In R: the variance between groups and the residual variance. */
    static String r(final String response, final String group, final CalledData data) {
        final String g = RText.name(group);
        final String weights = data.weights() == null ? null : "weights = " + RText.name(data.weights());
        final List<String> statements = new ArrayList<>(RText.preparation(data));
        statements.add("ms <- anova(" + RText.call("lm", RText.name(response) + " ~ factor(" + g + ")", "data", weights)
            + ")$`Mean Sq`");
        statements.add("n <- tapply(" + (data.weights() == null ? "rep(1, nrow(data))" : RText.column(data.weights()))
            + ", " + RText.column(group) + ", sum)");
        statements.add("c((ms[1] - ms[2]) * (length(n) - 1) / (sum(n) - sum(n^2) / sum(n)), ms[2])");
        return RText.line(statements, List.of());
    }

    static String sas(final String response, final String group, final CalledData data) {
        final String g = SasText.name(group);
        final List<String> statements = new ArrayList<>(SasText.preparation(data, List.of()));
        statements.addAll(List.of("proc mixed data=data method=type1", "class " + g,
            "model " + SasText.name(response) + " = / solution", "random " + g));
        if (data.weights() != null) {
            statements.add("weight " + SasText.name(data.weights()));
        }
        statements.add("run");
        return SasText.line(statements, List.of());
    }
}
