package dev.mixedmodels.knime.marginal;

import dev.mixedmodels.engine.covariance.VisitStructure;
import java.util.Arrays;
import java.util.List;
import org.knime.node.parameters.NodeParametersInput;
import org.knime.node.parameters.widget.choices.Label;
import org.knime.node.parameters.widget.choices.StringChoice;
import org.knime.node.parameters.widget.choices.StringChoicesProvider;

/** Structures for the covariance of a subject's rows; n is the number of visits. */
enum StructureMode {
    @Label(value = "Automatic", description = """
        Unstructured for up to 8 visits and at least twice as many subjects, else compound symmetry.""")
    AUTOMATIC,
    @Label(value = "Independent", description = """
        One variance, no correlation (1 parameter). Right only when a subject's rows have nothing in common; for \
        comparison.""")
    INDEPENDENT,
    @Label(value = "Diagonal", description = "A variance for each visit, no correlation (n parameters).")
    DIAGONAL,
    @Label(value = "Compound symmetry", description = """
        One variance and one correlation for any two visits, possibly negative (2 parameters). Visits that are \
        exchangeable; classical repeated measures analysis of variance.""")
    COMPOUND_SYMMETRY,
    @Label(value = "Compound symmetry, heterogeneous", description = """
        A variance for each visit, one correlation for any two (n + 1 parameters). The spread grows or shrinks over \
        the visits.""")
    HETEROGENEOUS_COMPOUND_SYMMETRY,
    @Label(value = "AR(1)", description = """
        One variance; correlation rho, rho squared ... between visits 1, 2 ... apart (2 parameters). Equally spaced \
        visits whose correlation dies out.""")
    AR1,
    @Label(value = "AR(1), heterogeneous", description = "The same with a variance for each visit (n + 1 parameters).")
    HETEROGENEOUS_AR1,
    @Label(value = "AR(1) in continuous time", description = """
        One variance; correlation rho to the power of the time between two rows (2 parameters). Unequally spaced \
        times; needs a time column.""")
    CONTINUOUS_AR1,
    @Label(value = "ARMA(1,1)", description = """
        One variance; correlation gamma1 between neighbouring visits, which falls by the factor rho with each visit more \
        between (3 parameters). AR(1) measured with error, or of which only a part dies out.""")
    ARMA11,
    @Label(value = "Toeplitz", description = """
        One variance and a correlation for each number of visits between (n parameters). Equally spaced visits, any \
        course of the correlation.""")
    TOEPLITZ,
    @Label(value = "Toeplitz, heterogeneous", description = """
        The same with a variance for each visit (2n - 1 parameters).""")
    HETEROGENEOUS_TOEPLITZ,
    @Label(value = "Ante-dependence", description = """
        One variance and a correlation for each pair of neighbouring visits, multiplied up for visits further apart (n \
        parameters). Unequally spaced visits, each depending on the one before.""")
    ANTE_DEPENDENCE,
    @Label(value = "Ante-dependence, heterogeneous", description = """
        The same with a variance for each visit (2n - 1 parameters).""")
    HETEROGENEOUS_ANTE_DEPENDENCE,
    @Label(value = "Unstructured", description = """
        Every variance and covariance free (n(n + 1)/2 parameters). Assumes nothing about the visits: the usual choice \
        in clinical trials, with few visits and many subjects.""")
    UNSTRUCTURED,
    @Label(value = "Spatial exponential", description = """
        One variance; correlation exp(-d/range) at the distance d in one to three coordinates (2 parameters). Rough in \
        space, as AR(1) is in time.""")
    SPATIAL_EXPONENTIAL,
    @Label(value = "Spatial Gaussian", description = """
        One variance; correlation exp(-(d/range)&#178;) at the distance d (2 parameters). Smooth in space, mostly with a \
        nugget.""")
    SPATIAL_GAUSSIAN,
    @Label(value = "Spatial spherical", description = """
        One variance; correlation 1 - 1.5 (d/range) + 0.5 (d/range)&#179; at a distance d up to the range, none beyond (2 \
        parameters). Usual in soil science and mining.""")
    SPATIAL_SPHERICAL;

    static final String TITLE = "Covariance structure";
    static final String COMPARE_TITLE = "Compare with structures";

    /** The structures over coordinates, for which these and a nugget can be chosen. */
    static final StructureMode[] SPATIAL = {SPATIAL_EXPONENTIAL, SPATIAL_GAUSSIAN, SPATIAL_SPHERICAL};

    /** The engine's structure; none for AUTOMATIC, which is decided before. */
    VisitStructure structure(final boolean nugget) {
        return VisitStructure.valueOf(nugget && spatial() ? name() + "_NUGGET" : name());
    }

    /** Whether it goes by coordinates. */
    boolean spatial() {
        return List.of(SPATIAL).contains(this);
    }

    /** Whether it exists over visits only. */
    boolean byVisit() {
        return this != AUTOMATIC && this != INDEPENDENT && this != COMPOUND_SYMMETRY && structure(false).overPlaces() == null;
    }

    /** The structures as texts, for lists of them. */
    static final class Choices implements StringChoicesProvider {
        @Override
        public List<StringChoice> computeState(final NodeParametersInput context) {
            return Arrays.stream(VisitStructure.values())
                .map(structure -> new StringChoice(structure.name(), structure.toString())).toList();
        }
    }
}
