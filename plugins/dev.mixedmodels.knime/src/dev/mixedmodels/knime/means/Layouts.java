package dev.mixedmodels.knime.means;

import dev.mixedmodels.engine.result.JointTestRow;
import dev.mixedmodels.engine.result.TableLayout;

/** The columns of the node's second table; the first has those of least-squares means. */
final class Layouts {
    /** One row per joint test. */
    static final TableLayout<JointTestRow> JOINT_TESTS = new TableLayout<JointTestRow>("Joint tests")
        .text("Term", JointTestRow::term)
        .text("At", JointTestRow::at)
        .number("Num df", JointTestRow::numDf)
        .limit("Den df", JointTestRow::denDf)
        .number("F", JointTestRow::f)
        .preciseNumber("p-value", JointTestRow::pValue);

    private Layouts() {
    }
}
