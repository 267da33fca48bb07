package org.inoculum.bench.dl4j;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.inoculum.bench.dl4j.Operations.Form;
import org.inoculum.bench.protocol.Work;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.scalar.LeakyReLU;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Tanh;
import org.nd4j.linalg.factory.Nd4j;

/** The classic generator, forward and back. Its maps are kept from one step to the next. */
final class Nd4jGenerator {
  private final int blocks;
  private final Parameters parameters;
  private final INDArray[] maps; // of the dense layer, then of each block: (N, C, H, W)
  private final INDArray[] gradients;
  private final INDArray images;
  private final INDArray scratch;

  Nd4jGenerator(Work work) throws IOException {
    blocks = work.blocks();
    int start = work.start();
    long features = (long) Work.START_CHANNELS * start * start;
    Map<String, long[]> shapes = new LinkedHashMap<>();
    shapes.put("dense.weight", new long[] {features, work.latentSize()});
    shapes.put("dense.bias", new long[] {features});
    maps = new INDArray[blocks + 1];
    gradients = new INDArray[blocks + 1];
    for (int block = 0; block <= blocks; block++) {
      int channels = block == 0 ? Work.START_CHANNELS : Work.WIDTH;
      int side = start << block;
      maps[block] = Nd4j.create(DataType.FLOAT, work.batch(), channels, side, side);
      gradients[block] = Nd4j.create(DataType.FLOAT, work.batch(), channels, side, side);
      if (block > 0) {
        int in = block == 1 ? Work.START_CHANNELS : Work.WIDTH;
        shapes.put("up" + block + ".weight", new long[] {in, Work.WIDTH, 4, 4});
        shapes.put("up" + block + ".bias", new long[] {Work.WIDTH});
      }
    }
    shapes.put("out.weight", new long[] {work.channels(), Work.WIDTH, 3, 3});
    shapes.put("out.bias", new long[] {work.channels()});
    parameters = new Parameters(work, "generator", shapes);
    images = Nd4j.create(DataType.FLOAT, work.batch(), work.channels(), work.size(), work.size());
    scratch = Nd4j.createUninitialized(DataType.FLOAT, images.shape());
  }

  /**
   * SamplingPlan.
   *
   * @param z (N, latent), of a whole batch or fewer
   * @return (N, C, H, W), until the next call
   */
  INDArray forward(INDArray z) {
    long n = z.size(0);
    INDArray x = Operations.first(maps[0], n);
    INDArray flat = Operations.flat(x);
    Operations.multiply(z, false, parameters.value("dense.weight"), true, flat);
    flat.addiRowVector(parameters.value("dense.bias"));
    Nd4j.exec(new LeakyReLU(x, x, Work.GENERATOR_SLOPE));
    for (int block = 1; block <= blocks; block++) {
      INDArray out = Operations.first(maps[block], n);
      Operations.convolve(Form.UP, x, parameters, "up" + block, out);
      Nd4j.exec(new LeakyReLU(out, out, Work.GENERATOR_SLOPE));
      x = out;
    }
    INDArray drawn = Operations.first(images, n);
    Operations.convolve(Form.SAME, x, parameters, "out", drawn);
    Nd4j.exec(new Tanh(drawn, drawn));
    return drawn;
  }

  /**
   * Changes the weights.
   *
   * @param z what the images of a whole batch were drawn from
   * @param gradient of these images, which is overwritten
   */
  void update(INDArray z, INDArray gradient) {
    images.muli(images, scratch);
    gradient.muli(scratch.rsubi(1));
    Operations.convolveBack(
        Form.SAME, maps[blocks], parameters, "out", gradient, gradients[blocks]);
    for (int block = blocks; block >= 1; block--) {
      Operations.reluBackward(maps[block], gradients[block], Work.GENERATOR_SLOPE);
      Operations.convolveBack(
          Form.UP,
          maps[block - 1],
          parameters,
          "up" + block,
          gradients[block],
          gradients[block - 1]);
    }
    Operations.reluBackward(maps[0], gradients[0], Work.GENERATOR_SLOPE);
    INDArray flat = Operations.flat(gradients[0]);
    Operations.multiply(flat, true, z, false, parameters.gradient("dense.weight"));
    flat.sum(parameters.gradient("dense.bias"), 0);
    parameters.update();
  }
}
