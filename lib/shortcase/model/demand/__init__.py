"""What buyers want and why: elasticity, diffusion, build-outs, the life of what they bought, efficiency shocks."""
