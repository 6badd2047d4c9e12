package dev.mixedmodels.knime.settings;

/** What the dialogs say about degrees of freedom. */
public final class DfTexts {
    /** Title of the setting in every dialog. */
    public static final String TITLE = "Degrees of freedom";
    /** Description of the setting in every dialog. */
    public static final String DESCRIPTION = """
        How the denominator degrees of freedom of the fixed effects' tests and intervals are found.""";
    /** Name of Satterthwaite's method. */
    public static final String SATTERTHWAITE = "Satterthwaite";
    /** Satterthwaite's method. */
    public static final String SATTERTHWAITE_TEXT = """
        Degrees of freedom that match the uncertainty of the estimated variances. For any method and size; a good \
        general choice.""";
    /** Name of Kenward and Roger's method. */
    public static final String KENWARD_ROGER = "Kenward-Roger";
    /** Kenward and Roger's method. */
    public static final String KENWARD_ROGER_TEXT = """
        Also corrects the standard errors for that uncertainty. Best in small samples; REML only, and takes longer.""";
    /** Name of the variant without second derivatives. */
    public static final String KENWARD_ROGER_LINEAR = "Kenward-Roger, linear";
    /** The variant without second derivatives. */
    public static final String KENWARD_ROGER_LINEAR_TEXT = """
        The same without the term of second derivatives, as several programs compute it. No difference where the \
        covariance matrix is linear in its parameters.""";
    /** Name of the containment method. */
    public static final String CONTAINMENT = "Containment";
    /** The containment method. */
    public static final String CONTAINMENT_TEXT = """
        Counts, as SAS does unless told otherwise: a fixed effect has as many as the random effect that contains it adds to \
        what the model can fit. Exact for balanced designs such as split plots; else it may be far off, for instance for \
        covariates of units.""";
    /** Name of the residual method. */
    public static final String RESIDUAL = "Residual";
    /** The residual method. */
    public static final String RESIDUAL_TEXT = """
        Number of rows minus number of fixed effects, as if rows were independent: mostly too many.""";
    /** Name of the asymptotic method. */
    public static final String ASYMPTOTIC = "Asymptotic";
    /** The asymptotic method. */
    public static final String ASYMPTOTIC_TEXT = "The normal distribution: right for very many subjects or units only.";

    private DfTexts() {
    }
}
