package dev.mixedmodels.engine.report;

import dev.mixedmodels.engine.common.Words;
import dev.mixedmodels.engine.design.FixedDesign;
import dev.mixedmodels.engine.design.ModelDesign;
import dev.mixedmodels.engine.frame.Column;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.optimise.Optimum;
import dev.mixedmodels.engine.peer.CalledModel;
import dev.mixedmodels.engine.peer.RCall;
import dev.mixedmodels.engine.peer.SasCall;
import dev.mixedmodels.engine.result.FitStatisticRow;
import dev.mixedmodels.engine.result.FitStatisticRow.Category;
import java.util.ArrayList;
import java.util.List;

/** The table Model fit while it is written, from its first row to its last. */
public final class ModelFitRows {
    private final List<FitStatisticRow> rows = new ArrayList<>();

    private void add(final Category category, final String statistic, final double value, final String note) {
        rows.add(FitStatisticRow.of(category, statistic, value, note));
    }

    /**
     * @param statistic what is said of the model
     * @param note in words
     */
    public void model(final String statistic, final String note) {
        add(Category.MODEL, statistic, Double.NaN, note);
    }

    /**
     * @param restricted whether the likelihood is
     * @param more how standard errors and degrees of freedom come about, in whole sentences
     */
    public void method(final boolean restricted, final String more) {
        model("Method", (restricted ? "REML: restricted maximum likelihood. " : "ML: maximum likelihood. ") + more);
    }

    /**
     * Says how other programs fit the same model.
     *
     * @param called the model
     */
    public void calls(final CalledModel called) {
        calls(RCall.of(called), SasCall.of(called));
    }

    /**
     * @param r the call of R, or why there is none
     * @param sas that of SAS
     */
    public void calls(final String r, final String sas) {
        model("R", r);
        model("SAS", sas);
    }

    /**
     * @param statistic figure about model and data
     * @param value its value
     * @param note remarks, may be empty
     */
    public void model(final String statistic, final double value, final String note) {
        add(Category.MODEL, statistic, value, note);
    }

    /**
     * @param statistic figure about how well the model fits
     * @param value its value
     * @param note remarks, may be empty
     */
    public void fit(final String statistic, final double value, final String note) {
        add(Category.FIT, statistic, value, note);
    }

    /**
     * @param statistic figure about how the computation went
     * @param value its value
     * @param note remarks, may be empty
     */
    public void diagnostic(final String statistic, final double value, final String note) {
        add(Category.DIAGNOSTIC, statistic, value, note);
    }

    /**
     * @param more rows as they are, such as tests
     */
    public void addAll(final List<FitStatisticRow> more) {
        rows.addAll(more);
    }

    /**
     * @param row a row as it is, such as a test
     */
    public void add(final FitStatisticRow row) {
        rows.add(row);
    }

    /**
     * @param bytes memory that a unit takes
     * @param unit what a unit is
     * @return that rows are read and not kept
     */
    public static String notKept(final long bytes, final String unit) {
        return notKept(List.of(bytes + " bytes for each " + unit));
    }

    /**
     * @param parts by what memory grows
     * @return that rows are read and not kept
     */
    public static String notKept(final List<String> parts) {
        return "Read and not kept: memory grows by about " + Words.list(parts) + ".";
    }

    /**
     * @param bytes memory that a row takes
     * @return that rows are kept
     */
    public static String kept(final long bytes) {
        return "All kept in memory: about " + bytes + " bytes for each.";
    }

    /**
     * @param design of a model that keeps what its columns have in all rows
     * @return the same of it
     */
    public static String kept(final ModelDesign design) {
        return kept(bytesOfRow(design));
    }

    /**
     * @param design of such a model
     * @return memory that a row takes, in bytes
     */
    public static long bytesOfRow(final ModelDesign design) {
        return Double.BYTES * (design.rows().frame().names().size() + 1L + design.fixed().columns());
    }

    /**
     * Says which rows of the table were used, and what dates are counted from: an intercept is that of this time.
     *
     * @param design of the model
     * @param memory what of them is kept in memory, in a sentence
     */
    public void rows(final ModelDesign design, final String memory) {
        model("Rows Used", design.figures().rows(), memory);
        model("Rows Left Out", design.figures().counts().leftOut(), design.figures().counts().message());
        weights(design);
        final Frame frame = design.rows().frame();
        for (final String name : frame.names()) {
            final Column column = frame.column(name);
            if (!column.origin().isEmpty()) {
                model("Origin of " + name, "\"" + name + "\" is counted in " + column.origin()
                    + ", the first in the data.");
            }
        }
    }

    private void weights(final ModelDesign design) {
        if (!design.weights().equal()) {
            final double[] range = design.figures().weights();
            model("Weights", weightsNote(design.weights().column(), range[0], range[1]));
        }
    }

    /**
     * @param column of the weights
     * @param least of the weights of the rows used
     * @param greatest of them
     * @return what weights do, in sentences
     */
    public static String weightsNote(final String column, final double least, final double greatest) {
        return "w = \"" + column + "\", " + Words.number(least) + " to " + Words.number(greatest)
            + ": the residual variance of a row is divided by its weight, so that rows of large weight count for more. "
            + "Variances, shares, R2 and intraclass correlations are those of a row of weight 1.";
    }

    /**
     * @param name of the column of subjects
     * @param sizes used rows of subjects
     */
    public void subjects(final String name, final UnitSizes sizes) {
        model("Levels of " + name, sizes.count(), "Subjects.");
        model("Visits per Subject Min", sizes.least(), "Rows of the subject with fewest.");
        model("Visits per Subject Median", sizes.median(), "");
        model("Visits per Subject Max", sizes.most(), "Rows of the subject with most.");
    }

    /**
     * @param figures the likelihood and its criteria
     * @param likelihood what kind of likelihood it is, may be empty
     * @param counted how parameters were counted
     * @param n what n is, and other ways to count
     */
    public void likelihood(final LikelihoodFigures figures, final String likelihood, final String counted,
        final String n) {
        fit("Log Likelihood", -figures.deviance() / 2, likelihood);
        fit("-2 Log Likelihood", figures.deviance(), likelihood);
        fit("AIC", figures.aic(), counted);
        fit("AICc", figures.aicc(), "");
        fit("BIC", figures.bic(), n);
    }

    /**
     * @param converged whether the estimates are a maximum
     * @param note why not, may be empty
     * @param singular whether an estimate lies on the boundary of what is possible
     * @param which one, may be empty
     */
    public void outcome(final boolean converged, final String note, final boolean singular, final String which) {
        diagnostic("Converged", converged ? 1 : 0, note);
        diagnostic("Singular", singular ? 1 : 0, which);
    }

    /**
     * @param optimum where the search stopped
     * @param gradient what the gradient is one by
     * @param steps what an iteration is, may be empty
     */
    public void search(final Optimum optimum, final String gradient, final String steps) {
        search(optimum.freeGradient(), gradient, optimum.iterations(), steps, optimum.evaluations(), "");
    }

    /**
     * @param gradient largest absolute derivative that is not held
     * @param by what it is one by
     * @param iterations steps of the search
     * @param steps what a step is, may be empty
     * @param evaluations values computed
     * @param values what they were computed for, may be empty
     */
    public void search(final double gradient, final String by, final int iterations, final String steps,
        final int evaluations, final String values) {
        diagnostic("Gradient", gradient, by);
        diagnostic("Iterations", iterations, steps);
        diagnostic("Evaluations", evaluations, values);
    }

    /**
     * @param design columns of the mean
     */
    public void columns(final FixedDesign design) {
        diagnostic("Condition Number", design.basis().conditionNumber(), "Of the columns of the mean at unit length; "
            + "above 30 some are nearly combinations of others. The computation works on orthonormal columns and "
            + "loses no digits to it.");
        diagnostic("Columns Left Out", design.allNames().size() - design.columns(),
            String.join("; ", design.redundancies()));
    }

    /**
     * @param warnings of the run
     * @return the whole table
     */
    public List<FitStatisticRow> with(final List<String> warnings) {
        warnings.forEach(text -> diagnostic("Warning", Double.NaN, text));
        return List.copyOf(rows);
    }
}
