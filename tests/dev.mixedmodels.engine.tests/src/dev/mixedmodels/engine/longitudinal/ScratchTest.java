package dev.mixedmodels.engine.longitudinal;
import dev.mixedmodels.engine.testing.Golden;
import org.junit.jupiter.api.Test;
import java.util.*;
class ScratchTest {
  @Test void scratch() {
    for (String id : Reference.all().toList()) {
      try {
      Golden g = Golden.read(id);
      LongitudinalFit f = Reference.fit(id, Reference.settings(id));
      double want = g.at("fit","minus2logLik").number();
      double[] par = f.estimate.parameters();
      double[] ref = g.has("covariance_parameters") ? g.at("covariance_parameters","estimate").numbers() : g.at("variance_parameters_asymptotic","estimate").numbers();
      double[][] cov = f.estimate.parameterCovariance();
      double[] se = g.has("covariance_parameters") ? g.at("covariance_parameters","se_observed_information").numbers() : g.at("variance_parameters_asymptotic","se").numbers();
      double worst=0, worstSe=0;
      for (int k=0;k<ref.length;k++){ worst=Math.max(worst, Math.abs(par[k]-ref[k])/Math.max(Math.abs(ref[k]),se[k])); worstSe=Math.max(worstSe,Math.abs(Math.sqrt(cov[k][k])/se[k]-1)); }
      System.out.printf("%-34s %-14.10g d=%8.1e par %8.1e se %8.1e it %d ev %d conv %b sing %b grad %.1e%n", id, f.criterion(), (f.criterion()-want)/Math.abs(want), worst, worstSe, f.estimator.iterations(), f.estimator.evaluations(), f.estimate.minimum().at().optimum().converged(), f.estimate.singular(), f.estimate.minimum().at().optimum().freeGradient());
      } catch (Exception e) { System.out.println(id+" "+e); e.printStackTrace(System.out);}
    }
  }
}
