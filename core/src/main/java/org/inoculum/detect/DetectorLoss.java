package org.inoculum.detect;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * The objective of 1904.07850: the focal loss (Lin et al., 1708.02002) in the form that spares
 * pixels near a centre, and the absolute error of the box where a cell is; each divided by the
 * number of cells.
 *
 * <pre>
 * heat: -(1 - p)² log p         at a centre
 *       -(1 - y)⁴ p² log(1 - p) elsewhere, y the heat of the nearest cell
 * </pre>
 */
final class DetectorLoss {
  private static final double BOX_WEIGHT = 0.3;

  private DetectorLoss() {}

  /** The loss of a batch: a scalar. */
  static Tensor of(DetectorNetwork.Output output, TrainingCrops.Batch batch, int classes) {
    long n = TrainingCrops.BATCH;
    long side = TrainingCrops.HEAT;
    Tensor heat = Tensor.create(batch.heat(), n, classes, side, side);
    Tensor counted = Tensor.create(batch.counted(), n, 1, side, side);
    Tensor box = Tensor.create(batch.box(), n, DetectorNetwork.BOX, side, side);
    Tensor tellsBox = Tensor.create(batch.tellsBox(), n, 1, side, side);

    Tensor log = torch.log_sigmoid(output.heat());
    Tensor logNot = torch.log_sigmoid(output.heat().neg()); // log(1 - p)
    Tensor p = torch.sigmoid(output.heat());
    Tensor centre = heat.ge(new Scalar(1)).to(heat.scalar_type());
    Tensor not = p.neg().add(new Scalar(1));
    Tensor found = log.mul(not.mul(not)).mul(centre);
    Tensor spared = heat.neg().add(new Scalar(1)).pow(new Scalar(4));
    Tensor avoided = logNot.mul(p.mul(p)).mul(spared); // spared is 0 at a centre
    double cells = Math.max(1, centre.mul(counted).sum().item_double());
    Tensor focal = found.add(avoided).mul(counted).sum().mul(new Scalar(-1 / cells));

    double told = Math.max(1, tellsBox.sum().item_double());
    Tensor error = output.box().sub(box).abs().mul(tellsBox).sum();
    return focal.add(error.mul(new Scalar(BOX_WEIGHT / told)));
  }
}
