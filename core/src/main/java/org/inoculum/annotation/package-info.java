/**
 * Where the cells are in fields of view: boxes that people drew with other tools, read from COCO
 * JSON, YOLO text, Pascal VOC XML and CSV. No image is opened here.
 */
@NullMarked
package org.inoculum.annotation;

import org.jspecify.annotations.NullMarked;
