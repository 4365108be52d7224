// Questions to the chain of the thesis (`thesis.js`, printed from Python): what a share is worth in a case, which value
// makes a price right, the nearest case on the other side of it, and cases drawn from the ranges. Loops and searches
// only; each formula is the book's own.
((shortcase) => {
  "use strict";
  let chain;
  shortcase.thesis = (told) => (chain = told);
  const COUNT = 5;
  const PLACES = 1 << COUNT;

  // The values of a case: the build's own, and what is moved.
  const values = (moved) => Object.fromEntries(chain.order.map((name) => [name, moved.get(name) ?? shortcase.address.known().get(name)[0]]));
  const worth = (p, place) => {
    for (let i = 0; i < COUNT; i += 1) p[`on${i}`] = (place >> i) & 1;
    return chain.worth(p, shortcase.special);
  };
  const combinations = (p) => Array.from({ length: PLACES }, (_, place) => worth(p, place));
  // Chance of each combination: the copula, summed over the places of its common factor.
  const chances = (p) => {
    const given = { rho: p.threat_correlation };
    chain.threats.forEach(([name], i) => (given[`c${i}`] = p[`${name}_chance`]));
    const sum = new Array(PLACES).fill(0);
    for (const [z, weight] of chain.nodes) {
      given.z = z;
      chain.given(given, shortcase.special).forEach((chance, place) => (sum[place] += chance * weight));
    }
    return sum;
  };
  const mean = (worths, likely) => worths.reduce((sum, value, place) => sum + value * likely[place], 0);
  const weighed = (p) => mean(combinations(p), chances(p));
  // What each threat takes off, weighed by the chances: its Shapley value.
  const parts = (worths, likely) => {
    const game = {};
    for (let allowed = 0; allowed < PLACES; allowed += 1) {
      game[`v${allowed}`] = likely.reduce((sum, chance, place) => sum + chance * worths[place & allowed], 0);
    }
    return chain.shapley(game, shortcase.special);
  };

  // The bounds of a parameter, kept where growth for ever stays below the discount rate.
  const bounds = (p, name) => {
    const [, least, most] = shortcase.address.known().get(name);
    if (name === "long_run_growth") return [least, Math.min(most, p.equity_discount_rate - chain.gap)];
    if (name === "equity_discount_rate") return [Math.max(least, p.long_run_growth + chain.gap), most];
    return [least, most];
  };

  // Work in slices: a job gives the page back its thread every few milliseconds, and ends when another case is asked.
  // By a message to itself: a timer that sets the next waits four milliseconds each time, a third of a slice.
  const SLICE = 12;
  const { port1: here, port2: there } = new MessageChannel();
  const waiting = [];
  here.onmessage = () => waiting.shift()();
  const pause = () => new Promise((resume) => there.postMessage(waiting.push(resume)));
  let job = 0;
  const begin = () => (job += 1);
  // `tell` hears how long each slice was.
  const slicer = (mine, tell = () => {}) => {
    let since = performance.now();
    return async () => {
      const held = performance.now() - since;
      if (held > SLICE) {
        tell(held);
        await pause();
        since = performance.now();
      }
      return mine === job;
    };
  };

  // Ridders' method: a root between two ends of opposite sign, the bracket kept all the way.
  const root = async (f, low, high, going) => {
    let [a, b] = [low, high];
    let [fa, fb] = [f(a), f(b)];
    if (!(fa * fb <= 0)) return null;
    for (let i = 0; i < 60 && Math.abs(b - a) > 1e-12 * Math.max(Math.abs(a), Math.abs(b)); i += 1) {
      if (!(await going())) return undefined;
      if (fa === 0) return a;
      if (fb === 0) return b;
      const m = (a + b) / 2;
      const fm = f(m);
      const x = m + ((m - a) * Math.sign(fa - fb) * fm) / Math.sqrt(fm * fm - fa * fb);
      const fx = f(x);
      if (fm === 0) return m;
      if (fx === 0) return x;
      const inner = [[m, fm], [x, fx]].sort((one, other) => one[0] - other[0]);
      const points = [[a, fa], ...inner, [b, fb]];
      const at = points.findIndex(([, y], k) => k < 3 && y * points[k + 1][1] <= 0);
      [[a, fa], [b, fb]] = [points[at], points[at + 1]];
    }
    return (a + b) / 2;
  };
  // The value of one parameter at which a share is worth a price, the others as they are; null where none is.
  const needed = (p, name, price, answer, going) => {
    const [low, high] = bounds(p, name);
    return root((x) => answer({ ...p, [name]: x }) - price, low, high, going);
  };

  // The nearest case in which a share is worth the price, distance in stated ranges: the design point of the first-order
  // reliability method. Along a direction the surface is met by bracketing; the direction turns to the slope there, as in
  // Hasofer and Lind (1974), but only as far as the distance falls, for the chain has kinks.
  const STEP = 1e-3;
  const FARTHEST = 4;
  const nearest = async (p, price, spans, going) => {
    const names = Object.keys(spans);
    const limits = names.map((name) => shortcase.address.known().get(name).slice(1));
    const moved = (direction, far) => {
      const q = { ...p };
      names.forEach((name, i) => {
        q[name] = Math.min(Math.max(p[name] + far * direction[i] * spans[name], limits[i][0]), limits[i][1]);
      });
      q.long_run_growth = Math.min(q.long_run_growth, q.equity_discount_rate - chain.gap);
      return q;
    };
    const gap = (direction, far) => weighed(moved(direction, far)) - price;
    const start = weighed(p) - price;
    const one = (vector) => {
      const length = Math.hypot(...vector);
      return length > 0 ? vector.map((x) => x / length) : null;
    };
    // Uphill where the share is worth less than the price, downhill where more; each input by its own stated range.
    const slope = async (at) => {
      const base = weighed(at);
      const found = [];
      for (let i = 0; i < names.length; i += 1) {
        if (!(await going())) return undefined;
        const room = at[names[i]] + STEP * spans[names[i]] <= limits[i][1] ? STEP : -STEP;
        const near = weighed({ ...at, [names[i]]: at[names[i]] + room * spans[names[i]] });
        found.push(((near - base) / room) * (start < 0 ? 1 : -1));
      }
      return one(found);
    };
    const met = async (direction, most) => {
      for (let far = 0.05; far < most * 1.25; far *= 1.25) {
        if (gap(direction, far) * start <= 0) return root((x) => gap(direction, x), far / 1.25 - 0.04 * (far === 0.05), far, going);
      }
      return null;
    };
    let direction = await slope(p);
    if (!direction) return direction;
    let far = await met(direction, FARTHEST);
    if (!far) return far;
    for (let round = 0, turn = 1; round < 12 && turn > 0.1; round += 1) {
      const steep = await slope(moved(direction, far));
      if (!steep) return steep;
      let better = null;
      for (turn = 1; turn > 0.1 && !better; turn /= 2) {
        const tried = one(direction.map((x, i) => x + turn * (steep[i] - x)));
        const reached = tried && (await met(tried, far));
        if (reached === undefined) return undefined;
        if (reached && reached < far * (1 - 1e-4)) better = [tried, reached];
      }
      if (!better) break;
      [direction, far] = better;
    }
    const q = moved(direction, far);
    const moves = names.map((name) => ({ name, from: p[name], to: q[name], ranges: (q[name] - p[name]) / spans[name] }));
    return { distance: Math.hypot(...moves.map(({ ranges }) => ranges)), moves };
  };

  // A quantity at a normal score: which scale fits depends on what it can be, as in case/thesis/draws.py.
  const quantile = (name, middle, [low, high]) => {
    const [, least, most] = shortcase.address.known().get(name);
    const ends = { z: 0, low: Math.min(low, middle), middle, high: Math.max(high, middle), least, most, ends: chain.ends[chain.intervals[name]] };
    const share = least >= 0 && most <= 1 && ends.low > 0 && ends.high < 1;
    const form = share ? chain.logit : ends.low > 0 ? chain.lognormal : chain.normal;
    return (z) => {
      ends.z = z;
      return form(ends);
    };
  };
  // A Sobol sequence in Gray-code order, shifted by a seeded digital shift.
  const points = (seed) => {
    const { bits, directions } = chain.sobol;
    let state = seed >>> 0;
    const random = () => {
      state = (state + 0x6d2b79f5) >>> 0; // mulberry32
      let t = Math.imul(state ^ (state >>> 15), state | 1);
      t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
      return (t ^ (t >>> 14)) >>> 0;
    };
    const shift = directions.map(random);
    const at = new Int32Array(directions.length);
    const point = new Float64Array(directions.length);
    let count = 0;
    return () => {
      if (count > 0) {
        const place = 31 - Math.clz32(count & -count);
        for (let d = 0; d < at.length; d += 1) at[d] ^= directions[d][place] << (32 - bits);
      }
      count += 1;
      for (let d = 0; d < at.length; d += 1) point[d] = ((at[d] ^ shift[d]) >>> 0) / 2 ** 32;
      return point;
    };
  };
  // So many cases drawn around one: what a share is worth in each. `tell` hears of them at each power of two.
  const drawn = async (p, ranges, count, seed, going, tell) => {
    const next = points(seed);
    const found = new Float64Array(count);
    const names = chain.uncertain;
    const { ndtr, ndtri } = shortcase.special;
    const at = names.map((name) => quantile(name, p[name], ranges[name]));
    const latent = { rho: p.threat_correlation, shared: 0, own: 0 };
    const q = { ...p };
    for (let i = 0; i < count; i += 1) {
      if (!(await going())) return;
      const z = next();
      for (let d = 0; d < z.length; d += 1) z[d] = ndtri(Math.min(Math.max(z[d], chain.edge), 1 - chain.edge));
      for (let k = 0; k < names.length; k += 1) {
        let score = 0;
        for (const [j, part] of chain.root[k]) score += part * z[j];
        q[names[k]] = at[k](score);
      }
      q.long_run_growth = Math.min(q.long_run_growth, q.equity_discount_rate - chain.gap);
      latent.shared = z[names.length];
      let place = 0;
      chain.threats.forEach(([name], k) => {
        latent.own = z[names.length + 1 + k];
        if (ndtr(chain.threshold(latent)) < q[`${name}_chance`]) place += 1 << k;
      });
      found[i] = worth(q, place);
      const done = i + 1;
      if (done >= 512 && (done & (done - 1)) === 0) tell(found.subarray(0, done));
    }
  };

  shortcase.valuing = { chain: () => chain, values, worth, combinations, chances, mean, weighed, parts, bounds, begin, slicer, root, needed, nearest, drawn };
})((window.shortcase ??= {}));
