package dev.mixedmodels.engine.covariance;

import dev.mixedmodels.engine.covariance.ReportedParameter.Kind;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;

/**
 * The table of covariance structures over the visits of a subject: each is a shape, mostly a correlation matrix, with
 * one common variance or with one for each visit.
 */
public enum VisitStructure {
    /** One variance, no correlation. */
    INDEPENDENT("Independent", IdentityShape::new, false, ReportedForm.NONE,
        "One variance, no correlation: right only when a subject's rows have nothing in common."),
    /** A variance for each visit, no correlation. */
    DIAGONAL("Diagonal", IdentityShape::new, true, ReportedForm.NONE,
        "A variance for each visit, no correlation: the spread changes over the visits, the rows are unrelated."),
    /** One variance, one correlation. */
    COMPOUND_SYMMETRY("Compound symmetry", CompoundSymmetryShape::new, false, ReportedForm.CLASSICAL,
        "One variance and one correlation for any two visits, which may be negative: visits in no particular order, "
            + "such as plots of a block; a positive correlation is what a random intercept gives."),
    /** A variance for each visit, one correlation. */
    HETEROGENEOUS_COMPOUND_SYMMETRY("Compound symmetry, heterogeneous", CompoundSymmetryShape::new, true,
        ReportedForm.COMMON, "A variance for each visit and one correlation for any two."),
    /** One variance, correlation rho^|j-k|. */
    AR1("AR(1)", AutoregressiveShape::new, false, ReportedForm.DECAYING,
        "One variance; correlation rho to the power of the number of visits between: equally spaced visits whose "
            + "correlation dies out."),
    /** A variance for each visit, correlation rho^|j-k|. */
    HETEROGENEOUS_AR1("AR(1), heterogeneous", AutoregressiveShape::new, true, ReportedForm.DECAYING,
        "A variance for each visit; correlation rho to the power of the number of visits between."),
    /** One variance, correlation rho^|t-t'| over real times. */
    CONTINUOUS_AR1("AR(1) in continuous time", ResidualStructure.CONTINUOUS_AR1,
        "One variance; correlation rho to the power of the time between two rows: unequally spaced times."),
    /** One variance, correlation gamma1 rho^(|j-k|-1). */
    ARMA11("ARMA(1,1)", n -> new ArmaShape(n, false), false, ReportedForm.FALLING,
        "One variance; correlation gamma1 of neighbouring visits, falling by the factor rho with each visit more "
        + "between: equally spaced visits measured with error."),
    /** One variance, correlation exp(-d/range). */
    SPATIAL_EXPONENTIAL("Spatial exponential", ResidualStructure.EXPONENTIAL,
        "One variance; correlation exp(-d/range) at the distance d of two rows: rough in space."),
    /** One variance, correlation (1 - nugget) exp(-d/range). */
    SPATIAL_EXPONENTIAL_NUGGET("Spatial exponential with nugget", ResidualStructure.EXPONENTIAL_NUGGET,
        "One variance; correlation (1 - nugget) exp(-d/range): rough in space, the nugget being what rows do "
            + "not share."),
    /** One variance, correlation exp(-(d/range)^2). */
    SPATIAL_GAUSSIAN("Spatial Gaussian", ResidualStructure.GAUSSIAN,
        "One variance; correlation exp(-(d/range)^2) at the distance d of two rows: smooth in space."),
    /** One variance, correlation (1 - nugget) exp(-(d/range)^2). */
    SPATIAL_GAUSSIAN_NUGGET("Spatial Gaussian with nugget", ResidualStructure.GAUSSIAN_NUGGET,
        "One variance; correlation (1 - nugget) exp(-(d/range)^2): smooth in space but for what rows do not share."),
    /** One variance, correlation 1 - 1.5 d/range + 0.5 (d/range)^3 up to the range. */
    SPATIAL_SPHERICAL("Spatial spherical", ResidualStructure.SPHERICAL,
        "One variance; correlation 1 - 1.5 (d/range) + 0.5 (d/range)^3 at a distance d up to the range, none beyond."),
    /** One variance, correlation 1 - nugget times the same. */
    SPATIAL_SPHERICAL_NUGGET("Spatial spherical with nugget", ResidualStructure.SPHERICAL_NUGGET,
        "One variance; correlation (1 - nugget) (1 - 1.5 (d/range) + 0.5 (d/range)^3) up to the range, none beyond."),
    /** One variance, a correlation for each lag. */
    TOEPLITZ("Toeplitz", ToeplitzShape::new, false, ReportedForm.BY_LAG,
        "One variance and a correlation for each number of visits between: equally spaced visits, any course of the "
            + "correlation."),
    /** A variance for each visit, a correlation for each lag. */
    HETEROGENEOUS_TOEPLITZ("Toeplitz, heterogeneous", ToeplitzShape::new, true, ReportedForm.BY_LAG,
        "A variance for each visit and a correlation for each number of visits between."),
    /** One variance, a correlation for each pair of neighbours. */
    ANTE_DEPENDENCE("Ante-dependence", AnteDependenceShape::new, false, ReportedForm.NEIGHBOURS,
        "One variance and a correlation for each pair of neighbouring visits, multiplied up for visits further "
            + "apart: unequally spaced visits, each depending on the one before."),
    /** A variance for each visit, a correlation for each pair of neighbours. */
    HETEROGENEOUS_ANTE_DEPENDENCE("Ante-dependence, heterogeneous", AnteDependenceShape::new, true,
        ReportedForm.NEIGHBOURS,
        "A variance for each visit and a correlation for each pair of neighbouring visits, multiplied up for visits "
            + "further apart."),
    /** Every variance and covariance free. */
    UNSTRUCTURED("Unstructured", n -> new CholeskyShape(n, true), true, ReportedForm.ALL,
        "Every variance and covariance free: assumes nothing about the visits; the usual choice in clinical trials "
            + "with few visits and many subjects.");

    private final String label;
    private final IntFunction<CovarianceStructure> shape;
    private final ResidualStructure overPlaces;
    private final boolean heterogeneous;
    private final ReportedForm reported;
    private final String sentence;

    VisitStructure(final String label, final IntFunction<CovarianceStructure> shape, final boolean heterogeneous,
        final ReportedForm reported, final String sentence) {
        this.label = label;
        this.shape = shape;
        overPlaces = null;
        this.heterogeneous = heterogeneous;
        this.reported = reported;
        this.sentence = sentence;
    }

    VisitStructure(final String label, final ResidualStructure overPlaces, final String sentence) {
        this.label = label;
        shape = null;
        this.overPlaces = overPlaces;
        heterogeneous = false;
        reported = ReportedForm.COMMON;
        this.sentence = sentence;
    }

    /**
     * @return the name in words, as dialogs show it
     */
    @Override
    public String toString() {
        return label;
    }

    /** @return when the structure fits */
    public String sentence() {
        return sentence;
    }

    /** @return the correlation over real times or places; null if the structure goes by visits */
    public ResidualStructure overPlaces() {
        return overPlaces;
    }

    /** @return the structure of one variance that has this correlation of residuals */
    public static VisitStructure of(final ResidualStructure structure) {
        return Arrays.stream(values()).filter(other -> other.overPlaces == structure).findFirst()
            .orElseGet(() -> valueOf(structure.name()));
    }

    /** @return whether it goes by a time */
    public boolean overTime() {
        return this == CONTINUOUS_AR1;
    }

    /** @return whether it needs coordinates */
    public boolean spatial() {
        return overPlaces != null && !overTime();
    }

    /** @return whether rows of a subject are correlated */
    public boolean correlated() {
        return reported != ReportedForm.NONE;
    }

    /** @return whether all rows of a subject have one covariance c in common, which may be negative */
    public boolean classical() {
        return reported == ReportedForm.CLASSICAL;
    }

    /** @return whether all visits have the same variance */
    public boolean homogeneous() {
        return !heterogeneous;
    }

    /** @return whether it depends on the order of the visits */
    public boolean ordered() {
        return reported.ordered();
    }

    /**
     * @return whether with V also V + c J has the structure, J all ones: what all rows of a subject share has a
     *         variance of its own
     */
    public boolean sharesFreely() {
        return this == COMPOUND_SYMMETRY || this == TOEPLITZ || this == UNSTRUCTURED;
    }

    /**
     * @param visits number of visit levels
     * @return number of covariance parameters that are spent
     */
    public int parameters(final int visits) {
        return overPlaces != null ? 1 + overPlaces.parameters().size() : over(visits).parameters();
    }

    /**
     * @param visits number of visit levels, at least {@link #leastVisits()}
     * @return the structure over them
     */
    public CovarianceStructure over(final int visits) {
        if (overPlaces != null) {
            throw new IllegalStateException(name() + " goes by times or places");
        }
        return new ScaledStructure(shape.apply(visits), heterogeneous);
    }

    /** @return the number of visit levels without which a parameter does not exist */
    public int leastVisits() {
        return reported.leastVisits();
    }

    /**
     * What is reported about the structure. The first entries are its free parameters but for
     * {@link #UNSTRUCTURED}, where a correlation follows each covariance, and {@link #COMPOUND_SYMMETRY}, which is
     * given in the classical notation Cov(Y_ij, Y_ik) = c + gamma delta_jk as well.
     *
     * @param visits names of the visits in order
     * @return the figures as functions of V
     */
    public List<ReportedParameter> reported(final List<String> visits) {
        return reported.of(visits, heterogeneous);
    }

    /**
     * The parameters that the structure is usually written in, as SAS PROC MIXED has them: variances, correlations, and
     * covariances in place of correlations where all visits have the same variance and V is then linear in them
     * (compound symmetry, Toeplitz; also unstructured). As many as the structure has parameters.
     *
     * @param visits number of visit levels
     * @return these parameters as functions of V
     */
    public List<ReportedParameter> natural(final int visits) {
        return reported.natural(visits, heterogeneous);
    }

    /** @return whether V is linear in the natural parameters */
    public boolean linear() {
        return overPlaces == null && natural(2).stream().noneMatch(p -> p.kind() == Kind.CORRELATION);
    }

    /**
     * @param other another structure over the same rows
     * @return boundaries of this one that its matrices of that structure lie on, as
     *         {@link ResidualStructure#boundariesOf} has them
     */
    public int boundariesOf(final VisitStructure other) {
        if (other == this || overPlaces != null && other == INDEPENDENT) {
            return other == this ? 0 : overPlaces.boundariesOf(ResidualStructure.INDEPENDENT);
        }
        if (overPlaces != null) {
            return other.overPlaces == null ? ResidualStructure.OTHER : overPlaces.boundariesOf(other.overPlaces);
        }
        if (other == INDEPENDENT && this == ARMA11) {
            return ResidualStructure.MEANINGLESS;
        }
        final boolean contains = switch (other) {
            case INDEPENDENT -> true;
            case DIAGONAL -> heterogeneous;
            case COMPOUND_SYMMETRY -> this == HETEROGENEOUS_COMPOUND_SYMMETRY || reported == ReportedForm.BY_LAG;
            case HETEROGENEOUS_AR1 -> this == HETEROGENEOUS_TOEPLITZ || this == HETEROGENEOUS_ANTE_DEPENDENCE;
            case HETEROGENEOUS_COMPOUND_SYMMETRY, TOEPLITZ -> this == HETEROGENEOUS_TOEPLITZ;
            case AR1 -> this == HETEROGENEOUS_AR1 || this == ARMA11 || reported == ReportedForm.BY_LAG
                || reported == ReportedForm.NEIGHBOURS;
            case ARMA11 -> reported == ReportedForm.BY_LAG;
            case ANTE_DEPENDENCE -> this == HETEROGENEOUS_ANTE_DEPENDENCE;
            default -> false;
        };
        return contains || this == UNSTRUCTURED && other.overPlaces == null ? 0 : ResidualStructure.OTHER;
    }
}
