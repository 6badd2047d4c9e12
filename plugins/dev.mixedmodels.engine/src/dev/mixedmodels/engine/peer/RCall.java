package dev.mixedmodels.engine.peer;

import dev.mixedmodels.engine.formula.Variable;
import java.util.ArrayList;
import java.util.List;

/** A fitted model as a call of R that fits it to the data frame {@code data}. */
public final class RCall {
    private RCall() {
    }

    /**
     * @param model a fitted model
     * @return one line of R; or why there is none
     */
    public static String of(final CalledModel model) {
        if (LmerCall.fits(model)) {
            return line(model, new LmerCall(model));
        }
        if (MmrmCall.fits(model)) {
            return RText.plainNames(line(model, new MmrmCall(model)));
        }
        final String refusal = NlmeCall.refusal(model);
        return refusal.isEmpty() ? RText.plainNames(line(model, new NlmeCall(model))) : "There is none: " + refusal;
    }

    private static String line(final CalledModel model, final RFit fit) {
        final List<String> statements = new ArrayList<>();
        if (model.terms().stream().flatMap(term -> term.variables().stream()).anyMatch(RCall::spline)) {
            statements.add("library(splines)");
        }
        statements.addAll(RText.preparation(model.data()));
        statements.addAll(fit.before());
        statements.add("fit <- " + fit.fit());
        statements.add(fit.summary());
        if (statements.stream().anyMatch(statement -> statement.startsWith("old <- "))) {
            statements.add("options(old)");
        }
        final List<String> remarks = new ArrayList<>(fit.remarks());
        remarks.addAll(model.data().dates().stream().map(CalledData.Counted::sentence).toList());
        remarks.removeIf(String::isEmpty);
        return RText.line(statements, remarks);
    }

    private static boolean spline(final Variable variable) {
        return variable instanceof Variable.Curve curve
            && (curve.kind() == Variable.Kind.NATURAL_SPLINE || curve.kind() == Variable.Kind.B_SPLINE);
    }
}
