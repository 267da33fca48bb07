/**
 * How anything reaches the disk: whole files and folders or nothing, JSON, JSON lines, SHA-256.
 * Knows nothing of images or models.
 */
@NullMarked
package org.inoculum.files;

import org.jspecify.annotations.NullMarked;
