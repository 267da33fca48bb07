"""The classic iteration in PyTorch, for Debian's python3-torch: the same protocol as Contestant.java."""

import sys
import time

import numpy
import torch
import torch.nn.functional as F

RATE, BETA1, BETA2, EPSILON = 2e-4, 0.5, 0.999, 1e-7
folder, threads = sys.argv[1], int(sys.argv[2])
torch.set_num_threads(threads)
size, channels, latent, batch, blocks = map(int, open(folder + "/shape.txt").read().split())
start = size >> blocks
half = batch // 2


def read(name, *shape):
    return torch.from_numpy(numpy.fromfile(f"{folder}/{name}.f32", dtype="<f4").reshape(shape).copy())


def weights(network, shapes):
    return {name: read(f"{network}.{name}", *shape).requires_grad_(True) for name, shape in shapes.items()}


g_shapes = {"dense.weight": (1024 * start * start, latent), "dense.bias": (1024 * start * start,)}
d_shapes = {}
for i in range(1, blocks + 1):
    g_shapes[f"up{i}.weight"] = (1024 if i == 1 else 128, 128, 4, 4)
    d_shapes[f"down{i}.weight"] = (128, channels if i == 1 else 128, 4, 4)
    g_shapes[f"up{i}.bias"] = d_shapes[f"down{i}.bias"] = (128,)
g_shapes.update({"out.weight": (channels, 128, 3, 3), "out.bias": (channels,)})
d_shapes.update({"dense.weight": (1, 128 * start * start), "dense.bias": (1,)})
g, d = weights("generator", g_shapes), weights("discriminator", d_shapes)


def generator(z):
    x = F.leaky_relu(F.linear(z, g["dense.weight"], g["dense.bias"]), 0.2).view(-1, 1024, start, start)
    for i in range(1, blocks + 1):
        x = F.leaky_relu(F.conv_transpose2d(x, g[f"up{i}.weight"], g[f"up{i}.bias"], 2, 1), 0.2)
    return torch.tanh(F.conv2d(x, g["out.weight"], g["out.bias"], 1, 1))


def discriminator(x, mask):
    for i in range(1, blocks + 1):
        x = F.leaky_relu(F.conv2d(x, d[f"down{i}.weight"], d[f"down{i}.bias"], 2, 1), 0.02)
    return F.linear(x.flatten(1) * mask, d["dense.weight"], d["dense.bias"]).flatten()


class Adam:
    """In Keras's form: epsilon is added to the uncorrected root."""

    def __init__(self, parameters):
        self.parameters = list(parameters)
        self.m = [torch.zeros_like(p) for p in self.parameters]
        self.v = [torch.zeros_like(p) for p in self.parameters]
        self.t = 0

    def step(self, loss):
        gradients = torch.autograd.grad(loss, self.parameters)
        self.t += 1
        rate = RATE * (1 - BETA2**self.t) ** 0.5 / (1 - BETA1**self.t)
        with torch.no_grad():
            for p, m, v, gradient in zip(self.parameters, self.m, self.v, gradients):
                m.mul_(BETA1).add_(gradient, alpha=1 - BETA1)
                v.mul_(BETA2).addcmul_(gradient, gradient, value=1 - BETA2)
                p.addcdiv_(m, v.sqrt().add_(EPSILON), value=-rate)
        return loss.item()


of_g, of_d = Adam(g.values()), Adam(d.values())
reals = read("reals", half, channels, size, size)
z1, z2 = read("z1", half, latent), read("z2", batch, latent)
features = 128 * start * start
mask1, mask2, mask3 = (read("mask1", half, features), read("mask2", half, features), read("mask3", batch, features))


def step():
    d1 = of_d.step(F.softplus(-discriminator(reals, mask1)).mean())
    with torch.no_grad():
        fakes = generator(z1)
    d2 = of_d.step(F.softplus(discriminator(fakes, mask2)).mean())
    return d1, d2, of_g.step(F.softplus(-discriminator(generator(z2), mask3)).mean())


print("ready", flush=True)
for word in sys.stdin:
    begun = time.perf_counter()
    losses = step()
    print("step", 1000 * (time.perf_counter() - begun), *losses, flush=True)
