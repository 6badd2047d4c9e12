package dev.mixedmodels.engine.peer;

import dev.mixedmodels.engine.covariance.RandomStructure;
import dev.mixedmodels.engine.covariance.VisitStructure;
import dev.mixedmodels.engine.design.Coding;
import dev.mixedmodels.engine.design.TestType;
import dev.mixedmodels.engine.formula.Grouping;
import dev.mixedmodels.engine.formula.TermList;
import dev.mixedmodels.engine.inference.DfMethod;
import dev.mixedmodels.engine.inference.FixedCovariance;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A fitted model as a call of SAS's PROC MIXED that fits it to the data set {@code data}. */
public final class SasCall {
    private final CalledModel model;
    private final CalledResiduals residuals;
    private final SasEffects effects;

    private SasCall(final CalledModel model) {
        this.model = model;
        residuals = model.residuals();
        effects = new SasEffects(model.data());
    }

    /**
     * @param model a fitted model
     * @return one line of SAS; or why there is none
     */
    public static String of(final CalledModel model) {
        final SasCall call = new SasCall(model);
        final String refusal = call.refusal();
        return refusal.isEmpty() ? call.text() : "There is none: " + refusal;
    }

    private String refusal() {
        final String curves = SasEffects.refusal(model.terms());
        if (!curves.isEmpty()) {
            return curves;
        }
        for (final CalledRandom part : model.random()) {
            for (final TermList block : part.blocks()) {
                if (hasFactor(block) && !levels(block, part.structure())) {
                    return "PROC MIXED gives " + part.term() + " a class variable's indicators of all levels, which "
                        + "are other effects.";
                }
            }
        }
        if (!residuals.independent() && (residuals.varianceBy() != null || residuals.powerOf() != null)) {
            return "PROC MIXED has no structure that is both, \"" + residuals.structure() + "\" and variances by "
                + (residuals.varianceBy() == null ? residuals.powerOf() : residuals.varianceBy()) + ".";
        }
        return residuals.structure() == VisitStructure.ANTE_DEPENDENCE
            ? "PROC MIXED has ante-dependence with a variance for each visit only." : "";
    }

    private boolean hasFactor(final TermList block) {
        return block.terms().stream().flatMap(term -> term.variables().stream()).anyMatch(effects::isFactor);
    }

    /** Whether the effects are those of the levels of one factor, up to a transformation that leaves the structure. */
    private static boolean levels(final TermList block, final RandomStructure structure) {
        return block.terms().size() == 1 && block.terms().get(0).order() == 1
            && (!block.intercept() || structure == RandomStructure.UNSTRUCTURED);
    }

    private String text() {
        final boolean sandwich = model.covariance().sandwich();
        final String mean = effects.model(model.formula()) + degreesOfFreedom()
            + (model.data().tests() == TestType.III ? "" : " htype=" + (model.data().tests().ordinal() + 1));
        final List<String> covariance = new ArrayList<>();
        for (final CalledRandom part : model.random()) {
            part.blocks().forEach(block -> covariance.add(random(block, part)));
        }
        repeated(covariance);
        if (model.data().weights() != null) {
            covariance.add("weight " + SasText.name(model.data().weights()));
        }
        final List<String> statements = new ArrayList<>(effects.preparation());
        if (residuals.inOrderOfTime()) {
            statements.add("proc sort data=data");
            statements.add("by " + SasText.names(List.of(residuals.subject(), residuals.time())));
            statements.add("run");
        }
        statements.add("proc mixed data=data method=" + (model.reml() ? "reml" : "ml") + (sandwich ? " empirical"
            : ""));
        statements.addAll(effects.classStatement());
        statements.add(mean);
        statements.addAll(covariance);
        statements.add("run");
        return SasText.line(statements, remarks());
    }

    private String degreesOfFreedom() {
        return switch (model.df()) {
            case SATTERTHWAITE -> " ddfm=satterthwaite";
            case KENWARD_ROGER -> " ddfm=kr";
            case KENWARD_ROGER_LINEAR -> " ddfm=kr(firstorder)";
            case BETWEEN_WITHIN -> " ddfm=bw";
            case CONTAINMENT -> " ddfm=contain";
            case RESIDUAL -> " ddfm=residual";
            case ASYMPTOTIC -> " chisq";
            default -> throw model.df().unknown();
        };
    }

    private String random(final TermList block, final CalledRandom part) {
        final boolean factor = hasFactor(block);
        final String names = effects.effects(block, factor ? "" : "intercept ");
        final boolean several = factor || names.indexOf(' ') < names.length() - 1;
        return "random " + names + "/ subject=" + units(part.term().grouping())
            + (!several ? "" : switch (part.structure()) {
            case UNSTRUCTURED -> " type=un";
            case DIAGONAL -> factor ? " type=un(1)" : "";
            case COMPOUND_SYMMETRY -> " type=cs";
            case IDENTITY -> " type=toep(1)";
        });
    }

    private String units(final Grouping grouping) {
        return grouping.columns().stream().map(effects::nominal).collect(Collectors.joining("*"));
    }

    private void repeated(final List<String> statements) {
        final StringBuilder options = new StringBuilder();
        if (residuals.subject() != null && !(residuals.independent() && model.covariance() == FixedCovariance.MODEL)) {
            options.append(" subject=").append(effects.nominal(residuals.subject()));
        }
        options.append(switch (residuals.structure()) {
            case INDEPENDENT, ANTE_DEPENDENCE -> "";
            case DIAGONAL -> " type=un(1)";
            case COMPOUND_SYMMETRY -> " type=cs";
            case HETEROGENEOUS_COMPOUND_SYMMETRY -> " type=csh";
            case AR1 -> " type=ar(1)";
            case HETEROGENEOUS_AR1 -> " type=arh(1)";
            case CONTINUOUS_AR1 -> " type=sp(pow)(" + SasText.name(residuals.time()) + ")";
            case TOEPLITZ -> " type=toep";
            case HETEROGENEOUS_TOEPLITZ -> " type=toeph";
            case HETEROGENEOUS_ANTE_DEPENDENCE -> " type=ante(1)";
            case UNSTRUCTURED -> " type=un";
            case ARMA11 -> " type=arma(1,1)";
            case SPATIAL_EXPONENTIAL, SPATIAL_EXPONENTIAL_NUGGET -> spatial("exp");
            case SPATIAL_GAUSSIAN, SPATIAL_GAUSSIAN_NUGGET -> spatial("gau");
            case SPATIAL_SPHERICAL, SPATIAL_SPHERICAL_NUGGET -> spatial("sph");
        });
        final String by = residuals.structureBy() != null ? residuals.structureBy() : residuals.varianceBy();
        if (by != null) {
            options.append(" group=").append(effects.nominal(by));
        }
        if (residuals.powerOf() != null) {
            options.append(" local=exp(").append(effects.compute("log(abs(" + SasText.name(residuals.powerOf()) + "))"))
                .append(')');
        }
        if (options.length() > 0) {
            statements.add("repeated " + visit() + "/" + options);
        }
    }

    private String spatial(final String type) {
        return (residuals.subject() == null ? " subject=intercept" : "") + " type=sp(" + type + ")("
            + SasText.names(residuals.places()) + ")" + (residuals.structure().overPlaces().nugget() ? " local" : "");
    }

    /** The repeated effect: in the order of the visits where it matters, for that of a class variable is by name. */
    private String visit() {
        final String visit = residuals.visit();
        if (visit == null || residuals.independent() || residuals.structure().overPlaces() != null) {
            return "";
        }
        final Optional<CalledData.Levels> levels = model.data().levels(visit);
        return (levels.isEmpty() || !residuals.structure().ordered() ? effects.levels(visit)
            : effects.nominal(effects.compute(place(levels.get())))) + " ";
    }

    private static String place(final CalledData.Levels visits) {
        return (visits.numeric() ? "whichn(" : "whichc(") + SasText.name(visits.column()) + ", " + visits.levels()
            .stream()
            .map(level -> visits.numeric() ? level : SasText.string(level)).collect(Collectors.joining(", ")) + ")";
    }

    private List<String> remarks() {
        final List<String> remarks = new ArrayList<>();
        if (model.covariance().sandwich()) {
            remarks.add(model.covariance() == FixedCovariance.CR0 ? "" : "EMPIRICAL is CR0.");
            remarks.add(model.df() == DfMethod.SATTERTHWAITE ? "Its degrees of freedom are not those of the sandwich."
                : "");
        }
        if (model.df() == DfMethod.CONTAINMENT) {
            remarks.add("A class variable that is constant within units is contained if subject= names it: "
                + "subject=id(arm).");
        }
        if (model.df() == DfMethod.ASYMPTOTIC) {
            remarks.add("Tests with infinite degrees of freedom are the chi-square ones.");
        }
        if (model.data().coding() != Coding.TREATMENT && !model.data().factors().isEmpty()) {
            remarks.add("Coefficients of class variables are differences from the reference.");
        }
        if (residuals.powerOf() != null) {
            remarks.add("The parameter EXP is 2 delta.");
        }
        remarks.addAll(model.data().dates().stream().map(CalledData.Counted::sentence).toList());
        remarks.removeIf(String::isEmpty);
        return remarks;
    }
}
