/** Records in binary form: fields by name, so that versions may add some; checked for damage. */
package dev.mixedmodels.engine.storage;
