package org.knime.node.parameters.validation;

/** A check that the dialog makes while the user types; loading and flow variables pass it by. */
public interface BuiltinValidation {
    String getErrorMessage();
}
