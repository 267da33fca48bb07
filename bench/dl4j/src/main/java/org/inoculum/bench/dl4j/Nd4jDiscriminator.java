package org.inoculum.bench.dl4j;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.inoculum.bench.dl4j.Operations.Form;
import org.inoculum.bench.protocol.Work;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.scalar.LeakyReLU;
import org.nd4j.linalg.factory.Nd4j;

/** The classic discriminator, forward and back. Its maps are kept from one step to the next. */
final class Nd4jDiscriminator {
  private final int blocks;
  private final Parameters parameters;
  private final INDArray[] maps; // of each block: (N, C, H, W)
  private final INDArray[] gradients; // of the images, then of each block's map
  private final INDArray kept; // (N, features), after dropout
  private final INDArray logits; // (N, 1)

  Nd4jDiscriminator(Work work) throws IOException {
    blocks = work.blocks();
    Map<String, long[]> shapes = new LinkedHashMap<>();
    maps = new INDArray[blocks];
    gradients = new INDArray[blocks + 1];
    for (int block = 0; block <= blocks; block++) {
      int channels = block == 0 ? work.channels() : Work.WIDTH;
      int side = work.size() >> block;
      gradients[block] = Nd4j.create(DataType.FLOAT, work.batch(), channels, side, side);
      if (block > 0) {
        maps[block - 1] = Nd4j.create(DataType.FLOAT, work.batch(), channels, side, side);
        int in = block == 1 ? work.channels() : Work.WIDTH;
        shapes.put("down" + block + ".weight", new long[] {Work.WIDTH, in, 4, 4});
        shapes.put("down" + block + ".bias", new long[] {Work.WIDTH});
      }
    }
    shapes.put("dense.weight", new long[] {1, work.features()});
    shapes.put("dense.bias", new long[] {1});
    parameters = new Parameters(work, "discriminator", shapes);
    kept = Nd4j.create(DataType.FLOAT, work.batch(), work.features());
    logits = Nd4j.create(DataType.FLOAT, work.batch(), 1);
  }

  /**
   * One update of the weights.
   *
   * @param images (N, C, H, W)
   * @param mask of dropout, (N, features)
   * @return the loss before it
   */
  double update(INDArray images, INDArray mask, boolean real) {
    Nd4jLoss loss = Nd4jLoss.of(forward(images, mask), real);
    INDArray slopes = loss.slopes();
    Operations.multiply(
        slopes,
        true,
        Operations.first(kept, images.size(0)),
        false,
        parameters.gradient("dense.weight"));
    parameters.gradient("dense.bias").assign(slopes.sumNumber());
    featuresBack(slopes, mask);
    for (int block = blocks; block >= 1; block--) {
      INDArray gradient = reluBackward(block, images.size(0));
      INDArray in = block == 1 ? images : Operations.first(maps[block - 2], images.size(0));
      Operations.convolveBack(
          Form.DOWN,
          in,
          parameters,
          "down" + block,
          gradient,
          Operations.first(gradients[block - 1], images.size(0)));
    }
    parameters.update();
    return loss.value();
  }

  /** A loss of images, and its gradient with regard to them. */
  record Output(double loss, INDArray gradient) {}

  /** Of fakes that are to be taken for real; the weights stay as they are. */
  Output evaluate(INDArray images, INDArray mask) {
    long n = images.size(0);
    Nd4jLoss loss = Nd4jLoss.of(forward(images, mask), true);
    featuresBack(loss.slopes(), mask);
    for (int block = blocks; block >= 1; block--) {
      Operations.convolveBackToInput(
          parameters.value("down" + block + ".weight"),
          reluBackward(block, n),
          Operations.first(gradients[block - 1], n));
    }
    return new Output(loss.value(), Operations.first(gradients[0], n));
  }

  private float[] forward(INDArray images, INDArray mask) {
    long n = images.size(0);
    INDArray x = images;
    for (int block = 1; block <= blocks; block++) {
      INDArray out = Operations.first(maps[block - 1], n);
      Operations.convolve(Form.DOWN, x, parameters, "down" + block, out);
      Nd4j.exec(new LeakyReLU(out, out, Work.DISCRIMINATOR_SLOPE));
      x = out;
    }
    INDArray features = Operations.first(kept, n);
    Operations.flat(x).muli(mask, features);
    INDArray out = Operations.first(logits, n);
    Operations.multiply(features, false, parameters.value("dense.weight"), true, out);
    return out.addi(parameters.value("dense.bias").getFloat(0)).toFloatVector();
  }

  private void featuresBack(INDArray slopes, INDArray mask) {
    INDArray flat = Operations.flat(Operations.first(gradients[blocks], slopes.size(0)));
    Operations.multiply(slopes, false, parameters.value("dense.weight"), false, flat);
    flat.muli(mask);
  }

  private INDArray reluBackward(int block, long n) {
    INDArray gradient = Operations.first(gradients[block], n);
    Operations.reluBackward(
        Operations.first(maps[block - 1], n), gradient, Work.DISCRIMINATOR_SLOPE);
    return gradient;
  }
}
