/**
 * Networks that other programs exported, as TorchScript or ONNX. Arrays go in, arrays come out, with shapes checked
 * against the file. Imports model for the engine.
 */
@NullMarked
package io.solera.model.imported;

import org.jspecify.annotations.NullMarked;
