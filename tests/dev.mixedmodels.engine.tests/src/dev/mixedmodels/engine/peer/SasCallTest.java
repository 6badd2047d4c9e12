package dev.mixedmodels.engine.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mixedmodels.engine.covariance.RandomStructure;
import dev.mixedmodels.engine.covariance.VisitStructure;
import dev.mixedmodels.engine.design.Coding;
import dev.mixedmodels.engine.design.DesignOptions;
import dev.mixedmodels.engine.design.TestType;
import dev.mixedmodels.engine.formula.Formula;
import dev.mixedmodels.engine.frame.LevelOrder;
import dev.mixedmodels.engine.inference.DfMethod;
import dev.mixedmodels.engine.inference.FixedCovariance;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Calls of SAS by their text, after the documentation of PROC MIXED (SAS/STAT 15.3). */
class SasCallTest {
    private static void assertCall(final String call, final CalledModel model) {
        assertEquals(call, SasCall.of(model));
    }

    private static void assertHas(final String part, final CalledModel model) {
        assertTrue(SasCall.of(model).contains(part), SasCall.of(model));
    }

    @Test
    void randomEffectsAreStatementsOfTheirOwn() {
        assertCall("proc mixed data=data method=reml; class id; model y = x / solution ddfm=satterthwaite; "
            + "random intercept x / subject=id type=un; run;", Models.of("y ~ x + (x | id)"));
        assertHas("random intercept / subject=arm; random intercept / subject=arm*id; run;", Models.of("y ~ x + (1 | arm/id)"));
        assertHas("random intercept / subject=id; random x / subject=id; run;", Models.of("y ~ x + (x || id)"));
        assertHas("random intercept x / subject=id type=cs; run;", Models.of("y ~ x + (x | id)", RandomStructure.COMPOUND_SYMMETRY));
        assertHas("random intercept x / subject=id type=toep(1); run;", Models.of("y ~ x + (x | id)", RandomStructure.IDENTITY));
        assertHas("random arm / subject=id type=un; run;", Models.of("y ~ x + (arm | id)"));
        assertHas("random arm / subject=id type=un(1); run;", Models.of("y ~ x + (0 + arm | id)", RandomStructure.DIAGONAL));
    }

    @Test
    void theFirstLevelIsTheReference() {
        assertHas("class arm(ref='act') id; model y = arm x arm*x / solution", Models.of("y ~ arm * x + (1 | id)"));
        assertHas("class arm(ref='pbo') id;", Models.of("y ~ arm + (1 | id)",
            DesignOptions.DEFAULT.withOrder("arm", LevelOrder.reference("pbo"))));
        assertHas("/* Coefficients of class variables are differences from the reference. */",
            Models.of("y ~ arm + (1 | id)", DesignOptions.DEFAULT.withCoding(Coding.HELMERT)));
        assertHas("_x1 = k; run; proc mixed data=data method=reml; class _x1 id; model y = k _x1 /",
            Models.of("y ~ k + factor(k) + (1 | id)"));
    }

    @Test
    void whatIsComputedIsComputedInADataStep() {
        assertHas("options validvarname=any; data data; set data; _x1 = log(y) - (x/2); _x2 = (x**2 - 1); _x3 = log1px(x); run; "
            + "proc mixed data=data method=reml; class id; model _x1 = _x2 _x3 'a b'n /",
            Models.of("log(y) ~ I(x^2 - 1) + log1p(x) + `a b` + offset(x/2) + (1 | id)"));
        assertHas("proc sql; create table data as select *, (x - mean(x)) / std(x) as _z1 from data; quit; ",
            Models.of("y ~ scale(x) + (1 | id)"));
        assertHas("if cmiss(of y x id) = 0 and w > 0; _x1 = (x)**1; _x2 = (x)**2; run;",
            Models.of("y ~ poly(x, 2, raw = TRUE) + (1 | id)", DesignOptions.DEFAULT.withWeights("w")));
        assertEquals("-a**-2", SasText.expression(Formula.parse("y ~ I(-a^-2)").fixed().terms().get(0).variables().get(0).argument())
            .replaceAll("[()]", ""));
    }

    @Test
    void methodsOfDegreesOfFreedom() {
        final List<DfMethod> methods = List.of(DfMethod.KENWARD_ROGER, DfMethod.KENWARD_ROGER_LINEAR, DfMethod.BETWEEN_WITHIN,
            DfMethod.RESIDUAL, DfMethod.ASYMPTOTIC);
        final List<String> options = List.of("ddfm=kr;", "ddfm=kr(firstorder);", "ddfm=bw;", "ddfm=residual;", "chisq;");
        for (int i = 0; i < options.size(); i++) {
            assertHas("/ solution " + options.get(i), Models.of("y ~ x", VisitStructure.UNSTRUCTURED, methods.get(i),
                FixedCovariance.MODEL));
        }
        assertHas("ddfm=satterthwaite htype=1;", Models.of("y ~ x + (1 | id)", DesignOptions.DEFAULT.withTests(TestType.I)));
        assertHas("method=reml empirical;", Models.of("y ~ x + (1 | id)", true, DfMethod.SATTERTHWAITE, FixedCovariance.CR0));
        assertHas("/* EMPIRICAL is CR0.", Models.of("y ~ x + (1 | id)", true, DfMethod.SATTERTHWAITE, FixedCovariance.CR2));
    }

    @Test
    void structuresOverVisits() {
        assertHas("_x1 = whichc(visit, 'Week 2', 'Week 12'); run;",
            Models.of("y ~ visit", VisitStructure.TOEPLITZ, DfMethod.SATTERTHWAITE, FixedCovariance.MODEL));
        assertHas("repeated _x1 / subject=id type=toep; run;",
            Models.of("y ~ visit", VisitStructure.TOEPLITZ, DfMethod.SATTERTHWAITE, FixedCovariance.MODEL));
        assertHas("class visit(ref='Week 2') id; model y = visit / solution ddfm=satterthwaite; repeated visit / subject=id type=un;",
            Models.of("y ~ visit", VisitStructure.UNSTRUCTURED, DfMethod.SATTERTHWAITE, FixedCovariance.MODEL));
        assertHas("repeated _x1 / subject=id type=ante(1) group=arm; weight w; run;", Models.of("y ~ k",
            DesignOptions.DEFAULT.withWeights("w"), RandomStructure.UNSTRUCTURED, new CalledResiduals(
                VisitStructure.HETEROGENEOUS_ANTE_DEPENDENCE, "id", "k", "k", "arm", null, null), true, DfMethod.SATTERTHWAITE,
            FixedCovariance.MODEL));
        assertHas("repeated / subject=id type=sp(pow)(x); run;",
            Models.of("y ~ x", new CalledResiduals(VisitStructure.CONTINUOUS_AR1, "id", null, "x", null, null, null)));
    }

    @Test
    void residualsOverTime() {
        assertHas("proc sort data=data; by id x; run; proc mixed data=data method=reml; class id; model y = x / solution "
            + "ddfm=satterthwaite; random intercept / subject=id; repeated / subject=id type=ar(1); run;",
            Models.of("y ~ x + (1 | id)", new CalledResiduals(VisitStructure.AR1, "id", null, "x", null, null, null)));
        assertHas("repeated / group=arm; run;",
            Models.of("y ~ x + (1 | id)", new CalledResiduals(VisitStructure.INDEPENDENT, "id", null, null, null, "arm", null)));
        assertHas("_x1 = log(abs(x)); run; proc mixed data=data method=reml; class id; model y = x / solution ddfm=satterthwaite; "
            + "random intercept / subject=id; repeated / local=exp(_x1); run; /* The parameter EXP is 2 delta. */",
            Models.of("y ~ x + (1 | id)", new CalledResiduals(VisitStructure.INDEPENDENT, "id", null, null, null, null, "x")));
    }

    @Test
    void whatProcMixedHasNotIsSaid() {
        assertCall("There is none: PROC MIXED has no ns(x, 2) and poly(k, 1).", Models.of("y ~ ns(x, 2) * poly(k, 1) + (1 | id)"));
        assertCall("There is none: PROC MIXED gives (0 + arm + x | id) a class variable's indicators of all levels, which are other "
            + "effects.", Models.of("y ~ x + (0 + arm + x | id)"));
        assertCall("There is none: PROC MIXED has no structure that is both, \"AR(1)\" and variances by arm.",
            Models.of("y ~ x", new CalledResiduals(VisitStructure.AR1, "id", null, "x", null, "arm", null)));
        assertCall("There is none: PROC MIXED has ante-dependence with a variance for each visit only.",
            Models.of("y ~ x", VisitStructure.ANTE_DEPENDENCE, DfMethod.RESIDUAL, FixedCovariance.MODEL));
    }

    @Test
    void namesThatAreNoneInSasAreLiterals() {
        assertEquals("abc_1", SasText.name("abc_1"));
        assertEquals("'x.y'n", SasText.name("x.y"));
        assertEquals("'it''s'n", SasText.name("it's"));
        assertEquals("'größe'n", SasText.name("größe"));
        assertEquals("'" + "a".repeat(33) + "'n", SasText.name("a".repeat(33)));
    }
}
