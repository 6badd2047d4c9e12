/** What every part of the engine needs: errors for the user, warnings, progress. */
package dev.mixedmodels.engine.common;
