"""One training of recipe.py: train/PartialGradients, ModernNetworks, ModernTrainer, EmaNoise and torch/Adam."""

import math

import torch
import torch.nn.functional as F

from recipe import Augmentation, Discriminator, Generator, SpectralLoss, as_made, downsampled, placed

DEFAULTS = {
    "seed": 0, "size": 128, "channels": 32, "batch": 8, "objective": "relativistic", "learningRate": 3.5e-4,
    "learningRateEnd": 0.2, "discriminatorRate": 1.0, "gammaStart": 0.1, "gammaEnd": 0.01, "maxBandGain": 16,
    "reconstructionWeight": 1.0, "spectralWeight": 0.1, "adaMaxP": 0.4, "adaRamp": 0.3, "emaKimg": 10,
    "emaRampup": 0.12,
    # Thousand images at each size, the smallest first, and the share of the training's time after each, of two cores
    # with bfloat16 in a quarter of an hour.
    "kimg": [12, 24, 22.6], "until": [0.12, 0.45, 1.0],
}
PENALTY_EVERY, NOISE_EVERY, BETA2, NOISE_BETA2, NOISE_RATE = 8, 4, 0.99, 0.95, 30
RING = 64  # iterations that the CPU may be ahead of the GPU

# What a step is told, by its place in one tensor: a captured graph reads it from there.
PROBABILITY, RATE, GAMMA, DECAY, CORRECTION, NOISE_CORRECTION, TOLD = 0, 1, 2, 3, 4, 8, 12


class Draw:
    """Random numbers of one training."""

    def __init__(self, seed, device):
        self.device = device
        self.generator = torch.Generator(device=device)
        self.generator.manual_seed(seed)

    def uniform(self, *shape):
        return torch.rand(*shape, device=self.device, generator=self.generator)

    def normal(self, *shape):
        return torch.randn(*shape, device=self.device, generator=self.generator)


def cosine(used, first, last):
    return last + (first - last) * (1 + math.cos(math.pi * used)) / 2


class Training:
    def __init__(self, name, reals, **changes):
        unknown = set(changes) - set(DEFAULTS)
        if unknown:
            raise SystemExit(f"{name}: unknown {sorted(unknown)}, known are {sorted(DEFAULTS)}")
        self.name, self.recipe = name, {**DEFAULTS, **changes}
        r, self.device = self.recipe, reals.device
        self.reals = reals
        self.draw = Draw(1000 + r["seed"], self.device)
        self.augmentation = Augmentation(self.draw)
        self.generator = Generator(r["size"], r["channels"], 2 * r["seed"], self.device)
        self.discriminator = Discriminator(r["size"], 2 * r["seed"] + 1, reals, r["maxBandGain"])
        self.ema = {
            name: tensor.detach().clone().requires_grad_(name.startswith("noise"))
            for name, tensor in self.generator.weights.items()
        }
        self.levels = self.generator.level
        self.spectral_losses = [SpectralLoss(downsampled(reals, times)) for times in range(self.levels + 1)]
        self.moments = {
            (network, name): torch.zeros_like(tensor).detach()
            for network, weights in self.networks().items()
            for name, tensor in weights.items()
        }
        self.told = torch.zeros(TOLD, device=self.device)
        self.tell = torch.zeros(RING, TOLD)
        if self.device.type == "cuda":
            self.tell = self.tell.pin_memory()
        self.steps, self.noise_steps = [0] * (self.levels + 1), [0] * (self.levels + 1)
        self.found = torch.zeros(4, device=self.device)  # real logits, fake logits, spectral loss, penalty
        self.iteration, self.iterations = 0, int(sum(r["kimg"]) * 1000 / r["batch"])
        self.graphs, self.stream, self.gaps = {}, None, []

    def networks(self):
        noise = {name: tensor for name, tensor in self.ema.items() if name.startswith("noise")}
        return {"generator": self.generator.weights, "discriminator": self.discriminator.weights, "ema": noise}

    def kimg(self):
        return self.iteration * self.recipe["batch"] / 1000

    def noise(self, n, level):
        sides = [(4 << block) + 2 for block in range(self.generator.upsamplings - level + 1)]
        return [self.draw.normal(n, 4, side, side) for side in sides], self.draw.uniform(n, 3, 1, 1) > 0.5

    def names(self, network, level):
        """Weights that take part, by the level at which they join."""
        most = self.discriminator.max_level if network == "discriminator" else self.generator.max_level
        weights = self.networks()[network]
        return [[n for n in weights if most(n) == joined] for joined in range(self.levels, level - 1, -1)]

    def update(self, network, level, gradients, rate, corrections, beta2):
        """torch/Adam with beta1 = 0 and steps that are no longer than a steady gradient's."""
        weights, gradients = self.networks()[network], iter(gradients)
        with torch.no_grad():
            for joined, names in zip(range(self.levels, level - 1, -1), self.names(network, level)):
                correction = self.told[corrections + joined]
                for name in names:
                    gradient, moment = next(gradients), self.moments[(network, name)]
                    moment.mul_(beta2).addcmul_(gradient, gradient, value=1 - beta2)
                    direction = gradient / (moment.sqrt() + 1e-8)
                    shortest = 1 / direction.square().mean().sqrt().clamp(min=1e-20)
                    weights[name].sub_(direction * (rate * self.told[RATE] * torch.minimum(correction, shortest)))

    def step(self, level, penalised, corrects):
        """One update of both networks; what changes between iterations is read from `told`."""
        r, n = self.recipe, self.recipe["batch"]
        chosen = (self.draw.uniform(n) * self.reals.size(0)).long().clamp(max=self.reals.size(0) - 1)
        real = downsampled(placed(self.reals.index_select(0, chosen), self.draw.uniform(n, 3, 1, 1) > 0.5), level)
        z, (noise, signs) = self.draw.normal(n, 128), self.noise(n, level)
        fake = self.generator.forward(self.generator.weights, z, noise, signs, level)
        leaf = fake.detach().requires_grad_(True)
        seen_real = self.augmentation.apply(real, self.told[PROBABILITY])
        seen = torch.cat([seen_real, self.augmentation.apply(leaf, self.told[PROBABILITY])])
        logits, features = self.discriminator.forward(seen, level)
        reconstruction = self.discriminator.decode(features[:n])
        real_logits, fake_logits = logits[:n], logits[n:]
        loss, lead = self.losses(real_logits, fake_logits)
        error = (reconstruction - F.adaptive_avg_pool2d(seen_real, reconstruction.size(2))).abs().mean()
        whole = loss + r["reconstructionWeight"] * error
        if penalised:
            penalty = self.penalty(seen, level)
            whole = whole + penalty * (PENALTY_EVERY / 2 * self.told[GAMMA])
            self.found[3].copy_(penalty.detach())
        trained = [name for names in self.names("discriminator", level) for name in names]
        weights = [self.discriminator.weights[name] for name in trained]
        gradients = torch.autograd.grad(whole, weights + [leaf], retain_graph=lead is None)
        if lead is None:
            push = torch.autograd.grad(-fake_logits.mean(), leaf)[0]
        else:
            push = -gradients[-1] * torch.exp(lead.detach().clamp(max=60)).view(n, 1, 1, 1)
        if r["spectralWeight"] > 0:
            spectral = self.spectral_losses[level]
            made = as_made(leaf, signs)
            apart = (spectral.of(made[: n // 2]) + spectral.of(made[n // 2 :])) / 2
            push = push + r["spectralWeight"] * torch.autograd.grad(apart, leaf)[0]
            self.found[2].copy_(apart.detach())
        trained = [name for names in self.names("generator", level) for name in names]
        towards = torch.autograd.grad(fake, [self.generator.weights[name] for name in trained], push)
        self.found[0].copy_(real_logits.detach().mean())
        self.found[1].copy_(fake_logits.detach().mean())
        rate = r["learningRate"]
        self.update("discriminator", level, gradients[:-1], rate * r["discriminatorRate"], CORRECTION, BETA2)
        self.update("generator", level, towards, rate, CORRECTION, BETA2)
        with torch.no_grad():
            for name, tensor in self.generator.weights.items():
                if r["spectralWeight"] == 0 or not name.startswith("noise"):
                    self.ema[name].add_((tensor - self.ema[name]) * (1 - self.told[DECAY]))
        if corrects and r["spectralWeight"] > 0:
            images = self.generator.forward(self.ema, z[:8], noise, signs, level)
            trained = [self.ema[name] for names in self.names("ema", level) for name in names]
            made = as_made(images, signs[:8])
            gradients = torch.autograd.grad(self.spectral_losses[level].of(made), trained)
            self.update("ema", level, gradients, NOISE_RATE * rate, NOISE_CORRECTION, NOISE_BETA2)

    def losses(self, real_logits, fake_logits):
        """The discriminator's, and by how much the generator's slope is larger at each fake, as a logarithm."""
        if self.recipe["objective"] == "relativistic":
            return F.softplus(fake_logits - real_logits).mean(), real_logits - fake_logits
        if self.recipe["objective"] == "non-saturating":
            return F.softplus(-real_logits).mean() + F.softplus(fake_logits).mean(), -fake_logits
        return F.relu(1 - real_logits).mean() + F.relu(1 + fake_logits).mean(), None

    def penalty(self, seen, level):
        n = self.recipe["batch"]
        half = seen.detach()[n // 2 : n // 2 + n].clone().requires_grad_(True)
        logits = self.discriminator.forward(half, level)[0]
        gradient = torch.autograd.grad(logits.sum(), half, create_graph=True)[0]
        return self.discriminator.seen_gradient(gradient, level).square().sum() * (2 / n)

    def schedule(self, kimg):
        """Share of the time used, and level of the side."""
        seen, share = 0.0, 0.0
        for size, (length, until) in enumerate(zip(self.recipe["kimg"], self.recipe["until"])):
            if kimg < seen + length or size == self.levels:
                return min(1.0, share + (until - share) * (kimg - seen) / length), self.levels - size
            seen, share = seen + length, until
        raise AssertionError

    def advance(self):
        """One iteration."""
        if self.device.type == "cuda" and self.iteration % (RING // 2) == 0:
            self.stream.synchronize()
        used, level = self.schedule(self.kimg())
        self.iteration += 1
        r, i = self.recipe, self.iteration
        kind = (level, i % PENALTY_EVERY == 0, (i + 2) % NOISE_EVERY == 0)
        told = self.tell[i % RING]
        ramp = r["adaRamp"]
        told[PROBABILITY] = r["adaMaxP"] * min(1, used / ramp)
        told[RATE] = min(1, i / 100) * cosine(used, 1, r["learningRateEnd"])
        told[GAMMA] = ((r["size"] >> level) / 64) ** 2 * cosine(used, r["gammaStart"], r["gammaEnd"])
        half_life = min(r["emaKimg"], r["emaRampup"] * self.kimg())
        told[DECAY] = 0.5 ** (r["batch"] / 1000 / half_life)
        for joined in range(level, self.levels + 1):
            self.steps[joined] += 1
            told[CORRECTION + joined] = math.sqrt(1 - BETA2 ** self.steps[joined])
            if kind[2]:
                self.noise_steps[joined] += 1
                told[NOISE_CORRECTION + joined] = math.sqrt(1 - NOISE_BETA2 ** self.noise_steps[joined])
        if self.device.type != "cuda":
            self.told.copy_(told)
            self.step(*kind)
            return
        with torch.cuda.stream(self.stream):
            self.told.copy_(told, non_blocking=True)
            self.graphs[kind].replay()

    def capture(self):
        """Records each kind of step as a CUDA graph; a step has over a thousand kernels of microseconds."""
        self.stream = torch.cuda.Stream()
        state = [*self.ema.values(), *self.moments.values(), *self.generator.weights.values()]
        state += self.discriminator.weights.values()
        before = [tensor.detach().clone() for tensor in state]
        self.told.copy_(torch.tensor([0.2, 1e-3, 0.01, 0.9] + [0.5] * (TOLD - 4)))
        torch.cuda.synchronize()
        pool = None
        for level in range(self.levels, -1, -1):
            for kind in ((level, False, False), (level, False, True), (level, True, False)):
                self.stream.wait_stream(torch.cuda.current_stream())
                with torch.cuda.stream(self.stream):
                    self.step(*kind)
                self.stream.synchronize()
                graph = torch.cuda.CUDAGraph()
                graph.register_generator_state(self.draw.generator)
                with torch.cuda.graph(graph, pool=pool, stream=self.stream):
                    self.step(*kind)
                pool = pool or graph.pool()
                self.graphs[kind] = graph
        with torch.no_grad():
            for tensor, value in zip(state, before):
                tensor.copy_(value)
        torch.cuda.synchronize()

    def images(self, count, seed=7):
        """As bytes (count, H, W, 3), by G_ema."""
        own, self.draw = self.draw, Draw(seed, self.device)
        made = []
        with torch.no_grad():
            for first in range(0, count, 16):
                n = min(16, count - first)
                z, (noise, signs) = self.draw.normal(n, 128), self.noise(n, 0)
                image = self.generator.forward(self.ema, z, noise, signs, 0).clamp(-1, 1)
                made.append(((image + 1) * 127.5).round().byte().permute(0, 2, 3, 1).cpu())
        self.draw = own
        return torch.cat(made).numpy()
