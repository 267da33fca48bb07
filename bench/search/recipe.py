"""The networks, losses and augmentation of the preset modern in PyTorch, to try its hyperparameters on a GPU.

One class, RGB, a batch that halves. Names and shapes of weights are those of a run's snapshots. What each part is for,
and its source, is told in the classes of org.inoculum that are named here; this file is not what a user trains with.
"""

import math

import torch
import torch.nn.functional as F

CHANNEL_FACTORS = (1, 2, 3, 4, 6, 6)  # model/ModernShape
MARGIN, NOISE_MAPS, LATENT, STYLE = 1, 4, 128, 128
WIDTHS = (32, 64, 96, 128, 128, 128)  # model/ModernDiscriminator
SQUARES, FADING, OBJECTS = 8, 1 / 8, 16  # train/FrequencyBands, train/SpectralLoss


def activate(x):
    return F.leaky_relu(x, 0.2)


class Weights(dict):
    """Layers by name, drawn as model/InitialWeights does."""

    def __init__(self, seed):
        super().__init__()
        self.random = torch.Generator().manual_seed(seed)

    def layer(self, name, shape, fan_in, biases, scale=1.0):
        bound = math.sqrt(6 / (1.04 * fan_in))
        self[name + ".weight"] = (torch.rand(*shape, generator=self.random) * 2 - 1) * bound * scale
        self[name + ".bias"] = torch.zeros(biases)

    def to(self, device):
        return {name: tensor.to(device).requires_grad_() for name, tensor in self.items()}


class Generator:
    """model/ModernGenerator."""

    def __init__(self, size, width, seed, device):
        self.upsamplings = int(math.log2(size // 4))
        self.level = int(math.log2(size // 32))
        inner = [CHANNEL_FACTORS[self.upsamplings - d - 1] * width for d in range(self.upsamplings)]
        self.widths = inner + [16]
        self.fold = torch.tensor([[0.0, 0, 1], [0, 1, 1], [1, 1, 0], [1, 0, 0]], device=device)
        w = Weights(seed)
        w.layer("embed", (32, 1), 1, 32)
        w.layer("map1", (STYLE, LATENT + 32), LATENT + 32, STYLE)
        w.layer("map2", (STYLE, STYLE), STYLE, STYLE)
        start = self.widths[0] * (4 + 2 * MARGIN) ** 2
        w.layer("start", (start, STYLE), STYLE, start)
        for block, out in enumerate(self.widths):
            if block > 0:
                w.layer(f"up{block}", (self.widths[block - 1], out, 3, 3), self.widths[block - 1] * 9, out)
            w[f"noise{block}"] = torch.full((out,), 0.1)
            w.layer(f"style{block}", (2 * out, STYLE), STYLE, 2 * out, 0)
            if 0 < block < self.upsamplings:
                first = self.upsamplings - block >= self.level
                w.layer(f"rgb{block}", (3, out, 1, 1), out, 3, 0.3 if first else 0)
        w.layer("out", (3, 16, 3, 3), 16 * 9, 3, 0)
        self.weights = w.to(device)

    def max_level(self, name):
        if name.startswith("out."):
            return 0
        for level in range(self.level):
            block = self.upsamplings - level
            if name == f"noise{block}" or name.startswith((f"up{block}.", f"style{block}.", f"rgb{block}.")):
                return level
        return self.level

    def forward(self, w, z, noise, signs, level):
        """Images of len(z) latents; noise: maps of each resolution; signs (N, 3, 1, 1): position of the square."""
        n = z.size(0)
        code = torch.cat([z, (w["embed.weight"].t() + w["embed.bias"]).expand(n, -1)], 1)
        for name in ("map1", "map2"):
            code = activate(F.linear(code, w[name + ".weight"], w[name + ".bias"]))
        side = 4 + 2 * MARGIN
        x = F.linear(code, w["start.weight"], w["start.bias"]).view(n, -1, side, side)
        image = None
        for block in range(self.upsamplings - level + 1):
            if block > 0:
                kernel = self.fold @ w[f"up{block}.weight"] @ self.fold.t()
                x = F.conv_transpose2d(x, kernel, w[f"up{block}.bias"], stride=2, padding=2)
            if block > 1:
                image = F.interpolate(image, scale_factor=2, mode="bilinear", align_corners=False)[:, :, 1:-1, 1:-1]
            width, side = x.size(1), x.size(2)
            strength = w[f"noise{block}"].view(1, -1, NOISE_MAPS, 1, 1)
            x = x.view(n, -1, NOISE_MAPS, side, side) + noise[block][:n].unsqueeze(1) * strength
            style = F.linear(code, w[f"style{block}.weight"], w[f"style{block}.bias"]).view(n, 2 * width, 1, 1)
            x = activate(x.view(n, width, side, side) * (style[:, :width] + 1) + style[:, width:])
            if 0 < block < self.upsamplings:
                added = F.conv2d(x, w[f"rgb{block}.weight"], w[f"rgb{block}.bias"])
                image = added if image is None else image + added
        image = image[:, :, 1:-1, 1:-1]
        if level == 0:
            image = image + F.conv2d(x, w["out.weight"], w["out.bias"])
        return placed(image, signs[:n])


def placed(images, signs):
    """Each in one of the eight positions of the square."""
    images = torch.where(signs[:, 0:1], images.flip(3), images)
    images = torch.where(signs[:, 1:2], images.flip(2), images)
    return torch.where(signs[:, 2:3], images.transpose(2, 3), images)


def as_made(images, signs):
    images = torch.where(signs[:, 2:3], images.transpose(2, 3), images)
    images = torch.where(signs[:, 1:2], images.flip(2), images)
    return torch.where(signs[:, 0:1], images.flip(3), images)


class Discriminator:
    """model/ModernDiscriminator, with model/BandGains for each size."""

    def __init__(self, size, seed, reals, highest_gain):
        self.upsamplings = int(math.log2(size // 4))
        self.level = int(math.log2(size // 32))
        device = reals.device
        self.fold = torch.tensor([[0.0, 0, 1], [0, 1, 1], [1, 1, 0], [1, 0, 0]], device=device)
        haar = torch.tensor([[1.0, 1, 1, 1], [1, -1, 1, -1], [1, 1, -1, -1], [1, -1, -1, 1]])
        opponent = torch.tensor([[1.0, 1, 1], [1, 0, -1], [1, -2, 1]])
        self.basis = F.normalize(torch.kron(opponent, haar), dim=1).to(device)
        self.gains = []
        for level in range(self.level + 1):
            seen = self.blocks(downsampled(reals, level)).reshape(-1, 12).double()
            deviation = seen.std(0, unbiased=False)
            self.gains.append((deviation.max() / deviation).clamp(max=highest_gain).float())
        w = Weights(seed)
        for level in range(self.level + 1):
            w.layer(f"stem{level}", (WIDTHS[level], 12, 3, 3), 12 * 9, WIDTHS[level])
        for stage in range(1, self.upsamplings):
            width, wider = WIDTHS[stage - 1], WIDTHS[stage]
            scale = 0 if stage <= self.level else 1
            w.layer(f"down{stage}", (wider, width, 4, 4), width * 16, wider)
            w.layer(f"mix{stage}", (wider, wider, 3, 3), wider * 9, wider, scale)
            w.layer(f"skip{stage}", (wider, width, 1, 1), width, wider, scale)
        last = WIDTHS[self.upsamplings - 1]
        w.layer("last", (128, last, 3, 3), last * 9, 128)
        w.layer("hidden", (128, 128 * 16), 128 * 16, 128)
        w.layer("logit", (1, 128), 128, 1)
        features = WIDTHS[self.upsamplings - 2]
        w.layer("decode1", (features, 64, 3, 3), features * 9, 64)
        w.layer("decode2", (64, 32, 3, 3), 64 * 9, 32)
        w.layer("decoded", (3, 32, 3, 3), 32 * 9, 3)
        self.weights = w.to(device)

    def max_level(self, name):
        for level in range(self.level):
            stage = level + 1
            if name.startswith((f"stem{level}.", f"down{stage}.", f"mix{stage}.", f"skip{stage}.")):
                return level
        return self.level

    def blocks(self, images):
        """As wavelets of opponent colours: (N, H / 2, W / 2, 12)."""
        return F.pixel_unshuffle(images, 2).permute(0, 2, 3, 1) @ self.basis.t()

    def seen_gradient(self, gradient, level):
        return self.blocks(gradient) / self.gains[level]

    def conv(self, name, x, stride, padding):
        return F.conv2d(x, self.weights[name + ".weight"], self.weights[name + ".bias"], stride, padding)

    def stem(self, level, images):
        seen = (self.blocks(images) * self.gains[level]).permute(0, 3, 1, 2)
        return self.conv(f"stem{level}", seen, 1, 1)

    def forward(self, images, level):
        """Logits (N), and the features that the decoder rebuilds images from."""
        smaller, x = images, activate(self.stem(level, images))
        for stage in range(level + 1, self.upsamplings):
            features = x
            mixed = self.conv(f"mix{stage}", activate(self.conv(f"down{stage}", x, 2, 1)), 1, 1)
            x = (mixed + self.conv(f"skip{stage}", F.avg_pool2d(x, 2), 1, 0)) * math.sqrt(0.5)
            if stage <= self.level:
                smaller = F.avg_pool2d(smaller, 2)
                x = x + self.stem(stage, smaller)
            x = activate(x)
        x = activate(self.conv("last", x, 1, 1)).flatten(1)
        x = activate(F.linear(x, self.weights["hidden.weight"], self.weights["hidden.bias"]))
        return F.linear(x, self.weights["logit.weight"], self.weights["logit.bias"]).flatten(), features

    def decode(self, x):
        for name in ("decode1", "decode2"):
            kernel = self.fold @ self.weights[name + ".weight"] @ self.fold.t()
            x = activate(F.conv_transpose2d(x, kernel, self.weights[name + ".bias"], stride=2, padding=1))
        return self.conv("decoded", x, 1, 1)


def downsampled(images, times):
    return F.avg_pool2d(images, 1 << times) if times else images


class SpectralLoss:
    """train/SpectralLoss and train/FrequencyBands, of real images that stand for their eight positions."""

    def __init__(self, reals):
        side = reals.size(2)
        half = side // 2
        x = torch.arange(side).double() + 0.5
        window = torch.sin(math.pi / 2 * (torch.minimum(x, side - x) / side / FADING).clamp(max=1)) ** 2
        phase = 2 * math.pi * (torch.arange(half).double()[:, None] + 0.5) * x / side
        waves = torch.cat([torch.cos(phase), torch.sin(phase)]) * window / window.square().sum().sqrt()
        window = window[:, None] * window / window.sum() ** 2
        number = torch.arange(half) * SQUARES // half
        square = (number[:, None] * SQUARES + number).flatten()
        squares = torch.stack([(square == i).double() for i in range(SQUARES**2)], 1)
        squares = squares / squares.sum(0)
        row, column = torch.arange(SQUARES**2) // SQUARES, torch.arange(SQUARES**2) % SQUARES
        ring = torch.hypot(row + 0.5, column + 0.5).long().clamp(max=SQUARES)[1:]
        shares = (1 / (2 * torch.bincount(ring).double()[ring]) / SQUARES).repeat(2)
        real = self.covariances(reals.double().cpu(), waves, window, squares).mean(0)
        same = torch.eye(2 * len(ring), dtype=torch.float64)
        mirrored = same.view(2, len(ring), -1).flip(0).flatten(0, 1)
        turned = (same + mirrored).view(2, len(ring), -1) / 2
        turned = ((turned + turned[:, (column * SQUARES + row)[1:] - 1]) / 2).flatten(0, 1)
        fine = (ring * side / (2 * SQUARES) >= OBJECTS).repeat(2)[:, None]
        merging = torch.where(fine, same, turned)
        white = torch.linalg.inv(torch.linalg.cholesky((turned @ real.flatten(1)).view_as(real)))
        self.waves, self.window, self.squares, self.shares, self.white, self.merging = (
            x.float().to(reals.device) for x in (waves, window, squares, shares, white, merging)
        )

    @staticmethod
    def covariances(images, waves, window, squares):
        n, half = images.size(0), images.size(2) // 2
        t = waves @ (images - (images * window).sum((2, 3), keepdim=True)) @ waves.t()
        (cc, cs), (sc, ss) = ((r[..., :half], r[..., half:]) for r in (t[:, :, :half], t[:, :, half:]))
        parts = torch.stack([cc - ss, cs + sc, cc + ss, cs - sc], 2).reshape(n, 3, 2, 2, half * half)
        found = ((parts.unsqueeze(2) * parts.unsqueeze(1)).sum(4) @ squares)[..., 1:]
        found = found.flatten(3, 4).permute(0, 3, 1, 2)
        return found + torch.eye(3, dtype=t.dtype, device=t.device) * ((2 / 255) ** 2 / 12)

    def of(self, images):
        found = self.covariances(images, self.waves, self.window, self.squares)
        r = (self.white @ found @ self.white.transpose(1, 2)).mean(0)
        r = (self.merging @ r.flatten(1)).view_as(r)
        # logdet cannot be captured in a CUDA graph.
        determinant = (r[:, 0] * torch.cross(r[:, 1], r[:, 2], dim=1)).sum(1)
        trace = r.diagonal(dim1=1, dim2=2).sum(1)
        return ((trace - torch.log(determinant) - 3) * self.shares).sum()


class Augmentation:
    """augment/Augmentation with augment/Strength.DEFAULT; the probability is a tensor."""

    def __init__(self, draw):
        self.draw = draw

    def apply(self, x, p):
        n, side = x.size(0), x.size(2)
        uniform, normal = self.draw.uniform, self.draw.normal

        def on(probability):
            return (uniform(n) < probability).float()

        shift = torch.round((uniform(n, 2) * 0.25 - 0.125) * side) * 2 / side * on(p)[:, None]
        resampled = on(0.4 * p)
        scale = torch.exp(-0.15 * normal(n) * resampled)
        angle = (uniform(n) * 2 - 1) * math.pi * resampled
        cos, sin = scale * torch.cos(angle), scale * torch.sin(angle)
        theta = torch.stack([cos, -sin, shift[:, 0], sin, cos, shift[:, 1]], 1).view(n, 2, 3)
        grid = F.affine_grid(theta, list(x.shape), align_corners=False)
        x = F.grid_sample(x, grid, mode="bilinear", padding_mode="reflection", align_corners=False)
        density, contrast, saturation = (torch.exp(s * normal(n) * on(p)) for s in (0.2, 0.25, 0.35))
        hue, brightness = math.radians(8) * normal(n) * on(p), 0.15 * normal(n) * on(p)
        stained = torch.pow(((x + 1) * 0.5).clamp(min=0.004), density.view(n, 1, 1, 1)) * 2 - 1
        turned, cross = saturation * torch.cos(hue), saturation * torch.sin(hue) / math.sqrt(3)
        to = [turned * 2 / 3, -turned / 3 - cross, -turned / 3 + cross]  # own channel, the next, the one after
        matrix = torch.stack([contrast * (1 / 3 + to[(j - i) % 3]) for i in range(3) for j in range(3)], 1)
        x = matrix.view(n, 3, 3) @ stained.reshape(n, 3, -1) + brightness.view(n, 1, 1)
        return x.view(n, 3, side, side) * (1 - self.covered(n, side, on(p)))

    def covered(self, n, side, on):
        at = torch.arange(side, device=on.device).float()[None]
        inside = []
        for _ in range(2):
            centre = self.draw.uniform(n)[:, None] * side
            inside.append((at >= torch.round(centre - 0.15 * side)) & (at < torch.round(centre + 0.15 * side)))
        square = inside[0][:, None, :] & inside[1][:, :, None]
        return (square.float() * on.view(n, 1, 1)).unsqueeze(1)
