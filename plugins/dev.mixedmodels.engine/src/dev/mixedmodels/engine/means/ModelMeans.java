package dev.mixedmodels.engine.means;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.common.Words;
import dev.mixedmodels.engine.design.At;
import dev.mixedmodels.engine.design.FixedDesign;
import dev.mixedmodels.engine.design.JointHypotheses;
import dev.mixedmodels.engine.design.LeastSquaresMeans;
import dev.mixedmodels.engine.design.MeansContrast;
import dev.mixedmodels.engine.design.MeansRequest;
import dev.mixedmodels.engine.formula.LevelContrast;
import dev.mixedmodels.engine.formula.Term;
import dev.mixedmodels.engine.formula.Variable;
import dev.mixedmodels.engine.inference.FTest;
import dev.mixedmodels.engine.inference.FixedInference;
import dev.mixedmodels.engine.inference.LeastSquaresMeansTable;
import dev.mixedmodels.engine.inference.MeansTests;
import dev.mixedmodels.engine.model.ModelKind;
import dev.mixedmodels.engine.model.StoredCentering;
import dev.mixedmodels.engine.model.StoredModel;
import dev.mixedmodels.engine.result.JointTestRow;
import dev.mixedmodels.engine.result.MeansRow;
import dev.mixedmodels.engine.result.ResponseUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Means, slopes, comparisons and joint tests of a kept model, with the standard errors and degrees of freedom of its
 * fit.
 * <p>
 * The mathematics: doc/marginal-means.md beside the sources.
 */
public final class ModelMeans {
    private static final int MOST_NAMED = 12;

    private final StoredModel model;
    private final FixedDesign design;
    private final MeansSettings settings;
    private final List<At> places;

    /**
     * What was found.
     *
     * @param rows means, slopes, differences and contrasts
     * @param joint joint tests at each place
     */
    public record Result(List<MeansRow> rows, List<JointTestRow> joint) {
    }

    private ModelMeans(final StoredModel model, final MeansSettings settings) {
        this.model = model;
        this.settings = settings;
        design = model.design().fixed();
        places = settings.places().stream().map(place -> place.in(design, model)).toList();
    }

    /**
     * @param model a fitted model
     * @param settings what is wanted of it
     * @param progress progress, and asked whether the user cancelled
     * @param warnings what the user should know
     * @return the tables
     * @throws ModelException if the model has no such columns or levels, or no means at all
     */
    public static Result of(final StoredModel model, final MeansSettings settings, final Progress progress,
        final Warnings warnings) {
        requireMeans(model.kind());
        if (model.inference().estimates().length == 0) {
            throw new ModelException("The model has no fixed effect, so that all its means are 0. Add one to "
                + "the model.");
        }
        return new ModelMeans(model, settings).result(progress, warnings);
    }

    /**
     * @param node which node fitted a model
     * @throws ModelException if its models have no marginal means
     */
    public static void requireMeans(final ModelKind node) {
        if (node == ModelKind.EMPIRICAL_BAYES) {
            throw new ModelException("A model of " + node.node() + " has no marginal means: its means are those of the "
                + "prior, in the node's table Fixed effects. Connect a model of another node.");
        }
    }

    private Result result(final Progress progress, final Warnings warnings) {
        final FixedInference inference = model.fixedInference();
        final List<MeansContrast> contrasts = new ArrayList<>();
        final List<MeansRequest> requests = requests();
        for (final MeansRequest request : requests) {
            progress.check();
            contrasts.addAll(LeastSquaresMeans.of(design, request, progress, warnings));
        }
        warnOfMissing(contrasts, warnings);
        progress.report(0.3, "Means");
        final List<MeansRow> rows =
            LeastSquaresMeansTable.of(contrasts, inference, ownUnit(settings.tests()), progress.sub(0.3, 0.8)).stream()
                .map(row -> named(ResponseUnit.of(unit()).back(row))).toList();
        progress.report(0.8, "Joint tests");
        final List<JointTestRow> joint = new ArrayList<>();
        for (final JointHypotheses.Joint hypothesis : JointHypotheses.of(design, places, progress)) {
            progress.check();
            final FTest test = inference.test(hypothesis.l());
            joint.add(new JointTestRow(hypothesis.term(), hypothesis.at(), test.numDf(), test.denDf(), test.f(),
                test.pValue()));
        }
        if (joint.isEmpty()) {
            warnings.add("The table Joint tests is empty, for the model has no fixed effect beside "
                + (places.isEmpty() ? "the intercept." : "those at whose values means are taken."));
        }
        return new Result(rows, joint);
    }

    /** A mean over everything has a name. */
    private static MeansRow named(final MeansRow row) {
        return !row.term().isEmpty() ? row : new MeansRow(row.type(), "(overall)", row.level(), row.against(), row.at(),
            row.estimate(), row.stdError(), row.df(), row.t(), row.pValue(), row.lower(), row.upper(),
            row.adjustedPValue());
    }

    private double unit() {
        return Math.scalb(1.0, model.exponent());
    }

    /** The hypotheses in the unit of the model. */
    private MeansTests ownUnit(final MeansTests tests) {
        return new MeansTests(tests.adjustment(), tests.confidence(), tests.simultaneous(), tests.alternative(),
            tests.nullMean() / unit(),
            tests.nullDifference() / unit());
    }

    private List<MeansRequest> requests() {
        final List<MeansRequest> requests = new ArrayList<>();
        final List<List<String>> terms = settings.terms() != null ? settings.terms()
            : design.factors().isEmpty() ? List.of(List.of()) : design.factors().stream().map(List::of).toList();
        terms.forEach(term -> requests.add(request(term, null)));
        for (final String name : settings.slopes()) {
            final String slope = slope(name);
            slopeTerms(slope).forEach(term -> requests.add(request(term, slope)));
        }
        final Set<LevelContrast> used =
            requests.stream().flatMap(request -> request.contrasts().stream()).collect(Collectors.toSet());
        for (final LevelContrast contrast : settings.contrasts()) {
            if (!used.contains(contrast)) {
                throw unknown("The contrast " + contrast.name() + " names ",
                    new ArrayList<>(contrast.weights().keySet()), requests);
            }
        }
        if (settings.reference() != null && requests.stream().allMatch(request -> request.reference() == null)) {
            throw unknown("The reference level is ", List.of(settings.reference()), requests);
        }
        return requests;
    }

    private MeansRequest request(final List<String> term, final String slope) {
        term.forEach(this::requireFactor);
        final List<String> levels = LeastSquaresMeans.levels(design, term);
        return new MeansRequest(term, places.stream().filter(place -> !term.contains(place.column())).toList(), slope,
            settings.weights(), settings.comparison(),
            settings.reference() != null && levels.contains(settings.reference()) ? settings.reference() : null,
            settings.contrasts().stream().filter(contrast -> levels.containsAll(contrast.weights().keySet())).toList());
    }

    private void requireFactor(final String column) {
        if (!design.factors().contains(column)) {
            throw new ModelException("There are no means of \"" + column
                + "\", which is no nominal fixed effect of the model. It "
                + "has " + columns(design) + ".");
        }
    }

    /** Of a centred column the deviations. */
    private String slope(final String name) {
        final String column = design.numbers().contains(name) ? name : model.centerings().stream()
            .filter(centering -> centering.column().equals(name)).map(StoredCentering::within).findFirst().orElse(name);
        if (!design.numbers().contains(column)) {
            throw new ModelException("There are no slopes of \"" + name + "\", which is no numeric fixed effect of the "
                + "model. It has " + columns(design) + ".");
        }
        return column;
    }

    /** The terms that are wanted, or else the factors on which the slope depends. */
    private List<List<String>> slopeTerms(final String slope) {
        if (settings.terms() != null) {
            return settings.terms();
        }
        final Set<String> beside = model.design().formula().fixed().terms().stream().map(Term::variables)
            .map(variables -> variables.stream().map(Variable::columns).flatMap(List::stream)
            .collect(Collectors.toSet()))
            .filter(columns -> columns.contains(slope)).flatMap(Set::stream).collect(Collectors.toSet());
        final List<List<String>> terms = design.factors().stream().filter(beside::contains).map(List::of).toList();
        return terms.isEmpty() ? List.of(List.of()) : terms;
    }

    private ModelException unknown(final String start, final List<String> names, final List<MeansRequest> requests) {
        final String levels = requests.stream().filter(request -> request.slope() == null
            && !request.factors().isEmpty()).map(request -> String.join(":", request.factors()) + " has "
                + some(LeastSquaresMeans.levels(design, request.factors()))).collect(Collectors.joining("; "));
        return new ModelException(start + Words.quoted(names) + ", but no term has " + (names.size() == 1 ? "this level"
            : "all these levels") + (levels.isEmpty() ? "." : ": " + levels + ".")
            + " Levels of several columns are joined by colons.");
    }

    private static String some(final List<String> names) {
        return names.size() <= MOST_NAMED ? Words.quoted(names)
            : Stream.concat(names.stream().limit(MOST_NAMED), Stream.of("...")).collect(Collectors.joining(", "));
    }

    private static void warnOfMissing(final List<MeansContrast> contrasts, final Warnings warnings) {
        final List<String> missing = contrasts.stream().filter(c -> c.l() == null && !c.type().compares())
            .map(c -> c.term() + " " + c.level() + (c.at().isEmpty() ? "" : " at " + c.at())).toList();
        if (!missing.isEmpty()) {
            warnings.add("The data do not determine " + Words.count(missing.size(), "mean") + ", which "
                + (missing.size() == 1 ? "is" : "are") + " missing, for no row has some combination of levels: "
                + some(missing) + ".");
        }
    }

    /** The columns of a design in words. */
    static String columns(final FixedDesign design) {
        final List<String> parts = new ArrayList<>();
        if (!design.factors().isEmpty()) {
            parts.add("the nominal " + some(design.factors()));
        }
        if (!design.numbers().isEmpty()) {
            parts.add("the numeric " + some(design.numbers()));
        }
        return parts.isEmpty() ? "none" : Words.list(parts);
    }
}
