// The functions that JavaScript lacks, and the loop that runs a page's table of operations (publish/live/program.py).
(function () {
  "use strict";
  var shortcase = (window.shortcase = window.shortcase || {});
  var ROOT_PI = Math.sqrt(Math.PI), HALF_LOG_2PI = Math.log(2 * Math.PI) / 2;

  // erf by its series near zero, erfc by its continued fraction beyond (Abramowitz and Stegun 7.1.6 and 7.1.14).
  function erfSeries(x) {
    var square = x * x, sum = 0;
    for (var k = 25.5; k > 1; k -= 1) sum = 2 + (square * sum) / k;
    return (sum * x * Math.exp(-square)) / ROOT_PI;
  }

  function erfcFraction(x) {
    if (x >= 30) return 0;
    var square = x * x, a = 0, step = 0.5, p = 1, before = 0, q = step + square, below = 1, kept;
    for (var n = 0; n < 50; n += 1) {
      a += step;
      step += 2;
      var b = step + square;
      kept = p; p = b * p - a * before; before = kept;
      kept = q; q = b * q - a * below; below = kept;
    }
    return ((p / q) * x * Math.exp(-square)) / ROOT_PI;
  }

  // Normal distribution: the chance of a value below x.
  function ndtr(x) {
    var z = x * Math.SQRT1_2, size = Math.abs(z);
    if (size < 1.5) return 0.5 + erfSeries(z) / 2;
    var tail = erfcFraction(size) / 2;
    return z < 0 ? tail : 1 - tail;
  }

  // Its quantile: Hastings' approximation (Abramowitz and Stegun 26.2.23), then Halley's steps on the smaller tail.
  function ndtri(p) {
    if (!(p > 0 && p < 1)) return p === 0 ? -Infinity : p === 1 ? Infinity : NaN;
    if (p > 0.5) return -ndtri(1 - p);
    var t = Math.sqrt(-2 * Math.log(p));
    var x = (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308))) - t;
    var central = p > 0.2;
    for (var n = 0; n < 4; n += 1) {
      var off = central ? erfSeries(x * Math.SQRT1_2) / 2 - (p - 0.5) : ndtr(x) - p;
      var e = off * Math.sqrt(2 * Math.PI) * Math.exp((x * x) / 2);
      x -= e / (1 + (x * e) / 2);
    }
    return x;
  }

  // Logarithm of the gamma function: Stirling's series, from far enough out (Abramowitz and Stegun 6.1.40).
  function gammaln(x) {
    if (x <= 0) return x === Math.floor(x) ? Infinity : Math.log(Math.PI / Math.abs(Math.sin(Math.PI * x))) - gammaln(1 - x);
    var shift = 1;
    for (; x < 12; x += 1) shift *= x;
    var y = 1 / (x * x);
    var series = (1 / 12 - y * (1 / 360 - y * (1 / 1260 - y * (1 / 1680 - y * (1 / 1188 - y * (691 / 360360 - y / 156)))))) / x;
    return (x - 0.5) * Math.log(x) - x + HALF_LOG_2PI + series - Math.log(shift);
  }

  shortcase.special = { ndtr: ndtr, ndtri: ndtri, gammaln: gammaln };

  var MOST_STEPS = 100, GRID = 400;
  var RUN = {
    "+": function (a, b) { return a + b; }, "-": function (a, b) { return a - b; },
    "*": function (a, b) { return a * b; }, "/": function (a, b) { return a / b; },
    "^": Math.pow, n: function (a) { return -a; }, a: Math.abs, e: Math.exp, l: Math.log, q: Math.sqrt,
    f: Math.floor, c: Math.ceil, s: Math.sin, o: Math.cos, t: Math.tan, u: Math.atan, m: Math.min, x: Math.max,
    ">": function (a, b) { return a > b ? 1 : 0; }, g: function (a, b) { return a >= b ? 1 : 0; },
    "<": function (a, b) { return a < b ? 1 : 0; }, h: function (a, b) { return a <= b ? 1 : 0; },
    "=": function (a, b) { return a === b ? 1 : 0; }, "!": function (a, b) { return a !== b ? 1 : 0; },
    "&": function (a, b) { return a && b ? 1 : 0; }, "|": function (a, b) { return a || b ? 1 : 0; },
    "~": function (a) { return a ? 0 : 1; }, N: ndtr, Q: ndtri, G: gammaln, L: function (a, b) { return b; },
  };
  var ONE = "naelqfcsotu~NQGV", THREE = "?R@#%", TRUTHS = ">g<h=!&|~", COMMON = "+-*/?V@#%";

  // Where a function changes its sign between two ends: Chandrupatla 1997, as scipy's find_root, a parabola where it is
  // trusted and else the middle; NaN where it has one sign at both ends.
  function crossing(gap, a, b) {
    var c = a, atA = gap(a), atB = gap(b), atC = atA, t = 0.5;
    if (!(atA * atB < 0)) return atA === 0 ? a : atB === 0 ? b : NaN;
    for (var n = 0; n < MOST_STEPS; n += 1) {
      var x = a + t * (b - a), here = gap(x);
      if (here !== here) return NaN;
      if (here > 0 === atA > 0) {
        c = a; atC = atA;
      } else {
        c = b; atC = atB; b = a; atB = atA;
      }
      a = x; atA = here;
      var nearer = Math.abs(atB) < Math.abs(atA), least = (2 * Number.EPSILON * Math.abs(nearer ? b : a) + 1e-300) / Math.abs(b - a);
      if (least > 0.5 || (nearer ? atB : atA) === 0) break;
      var along = (a - b) / (c - b), rise = (atA - atB) / (atC - atB);
      t = rise * rise < along && (1 - rise) * (1 - rise) < 1 - along
        ? (atA / (atB - atA)) * (atC / (atB - atC)) + ((c - a) / (b - a)) * (atA / (atC - atA)) * (atB / (atC - atB))
        : 0.5;
      t = Math.min(Math.max(t, least), 1 - least);
    }
    return Math.abs(atB) < Math.abs(atA) ? b : a;
  }

  // A function of the parameters' values, from a table. Truths are ones and zeros inside, and true or false outside.
  shortcase.program = function (table) {
    var first = table.i.length + table.k.length;
    var count = table.m.reduce(function (sum, many) { return sum + many; }, 0);
    var memory = new Float64Array(first + count), truth = new Uint8Array(first + count);
    var A = new Int32Array(count), B = new Int32Array(count), C = new Int32Array(count);
    var code = new Int8Array(count), call = new Array(count), has = new Uint8Array(count);
    var early = table.e === undefined ? count : table.e;
    var n = 0, s = 0, next = [0, 0, 0];
    table.k.forEach(function (value, k) { memory[table.i.length + k] = Number(value); });
    // Each run of operations: its letter, how many, where each operand begins, and how far it steps.
    table.m.forEach(function (many, run) {
      var letter = table.o.charAt(run), begun = n;
      var operands = ONE.indexOf(letter) >= 0 ? 1 : THREE.indexOf(letter) >= 0 ? 3 : 2;
      [A, B, C].slice(0, operands).forEach(function (to, i) {
        var told = table["abc"[i]][next[i]++], step = many > 1 ? table.s[s++] : 0;
        var place = letter === "V" ? told : told > 0 ? first + begun - told : -told;
        for (var k = 0; k < many; k += 1) to[begun + k] = place + k * step;
      });
      for (; n < begun + many; n += 1) {
        truth[first + n] = TRUTHS.indexOf(letter) >= 0 ? 1 : 0;
        code[n] = COMMON.indexOf(letter);
        call[n] = RUN[letter];
        has[n] = operands;
      }
    });

    function run(from, to) {
      for (var n = from; n < to; n += 1) {
        var at = first + n;
        switch (code[n]) {
          case 0: memory[at] = memory[A[n]] + memory[B[n]]; break;
          case 1: memory[at] = memory[A[n]] - memory[B[n]]; break;
          case 2: memory[at] = memory[A[n]] * memory[B[n]]; break;
          case 3: memory[at] = memory[A[n]] / memory[B[n]]; break;
          case 4: memory[at] = memory[A[n]] ? memory[B[n]] : memory[C[n]]; break;
          case 5: {
            var root = n + A[n] + 1;
            memory[first + root] = search(n, root);
            n = root;
            break;
          }
          case 6: memory[at] = elsewhere(n); break;
          case 7: memory[at] = turning(n).count; break;
          case 8: memory[at] = turning(n).nearest; break;
          default: memory[at] = call[n](memory[A[n]], memory[B[n]]);
        }
      }
    }

    // Where the body of a search changes its sign between two ends.
    function search(variable, root) {
      function gap(x) {
        memory[first + variable] = x;
        run(variable + 1, root);
        return memory[A[root]];
      }
      return crossing(gap, memory[B[root]], memory[C[root]]);
    }

    // What some inputs move on the way to a figure: the places of operations, found once, a search always whole.
    var parts = {}, opens = {};
    code.forEach(function (letter, n) { if (letter === 5) opens[n + A[n] + 1] = n; });
    function part(figure, one, other) {
      var key = [figure, one, other].join(), needed = new Uint8Array(first + count), moved = new Uint8Array(first + count);
      if (parts[key]) return parts[key];
      function mark(n, by) { for (var k = 0; k < has[n] && code[n] !== 5; k += 1) by([A, B, C][k][n]); }
      needed[figure] = moved[one] = moved[other] = 1;
      var found = [], stretches = [], n, k;
      for (n = figure - first; n >= 0; n -= 1) {
        if (!needed[first + n]) continue;
        if (opens[n] !== undefined) needed.fill(1, first + opens[n], first + n);
        mark(n, function (place) { needed[place] = 1; });
      }
      for (n = 0; n <= figure - first; n = k) {
        k = code[n] === 5 ? n + A[n] + 2 : n + 1;
        var wanted = false, touched = false;
        for (var m = n; m < k; m += 1) {
          wanted = wanted || needed[first + m] === 1;
          mark(m, function (place) { touched = touched || moved[place] === 1; });
        }
        if (!wanted || !touched) continue;
        if (stretches[stretches.length - 1] === n) stretches.pop();
        else stretches.push(n);
        stretches.push(k);
        for (m = n; m < k; m += 1) moved[first + m] = found.push(first + m) && 1;
      }
      var places = Int32Array.from(found.concat(one, other));
      return (parts[key] = { figure: figure, inputs: [one, other], stretches: Int32Array.from(stretches), places: places, kept: new Float64Array(places.length) });
    }

    // Asks a figure at other values of inputs, as often as wanted; afterwards all stands as before.
    function varied(of, ask) {
      var stretches = of.stretches, places = of.places, kept = of.kept, k;
      for (k = 0; k < places.length; k += 1) kept[k] = memory[places[k]];
      var found = ask(function (x, y) {
        memory[of.inputs[0]] = x;
        memory[of.inputs[1]] = y;
        last = undefined;
        for (var k = 0; k < stretches.length; k += 2) run(stretches[k], stretches[k + 1]);
        return memory[of.figure];
      });
      for (k = 0; k < places.length; k += 1) memory[places[k]] = kept[k];
      return found;
    }
    function along(n) { return part(A[n], A[B[n] - first], A[C[n] - first]); }
    function elsewhere(n) {
      var x = memory[B[n]], y = memory[C[n]];
      return varied(along(n), function (figure) { return figure(x, y); });
    }

    // How often a figure changes its sign along an input, looked at on a grid that holds the input's own value, and where
    // it does nearest to that: as case/thesis/roots.py. Both are asked of the same search.
    var last;
    function turning(n) {
      var of = along(n), low = memory[B[n]], high = memory[C[n]], here = memory[of.inputs[0]], key = [A[n], B[n], C[n]].join();
      if (last && last.key === key) return last;
      return (last = varied(of, function (figure) {
        function gap(x) {
          var found = figure(x, x);
          return found > 0 || found < 0 ? found : -1;
        }
        var step = (high - low) / GRID, before, after, count = 0, x = low, above = gap(low) > 0;
        function look(next) {
          var now = gap(next) > 0;
          if (now !== above) {
            count += 1;
            if (next <= here) before = [x, next];
            else if (!after) after = [x, next];
          }
          x = next;
          above = now;
        }
        for (var k = 1; k <= GRID; k += 1) {
          var next = k === GRID ? high : low + k * step;
          if (x < here && here < next) look(here);
          look(next);
        }
        var nearest = [before, after].reduce(function (best, ends) {
          var root = ends ? crossing(gap, ends[0], ends[1]) : NaN;
          return best !== best || Math.abs(root - here) < Math.abs(best - here) ? root : best;
        }, NaN);
        return { key: key, count: count, nearest: nearest };
      }));
    }

    function read(places) {
      return places.map(function (place) { return truth[place] && !isNaN(memory[place]) ? memory[place] !== 0 : memory[place]; });
    }

    function told() { return { n: read(table.n), g: read(table.g), t: read(table.t) }; }
    function begin(p) {
      table.i.forEach(function (name, n) { memory[n] = p[name]; });
      last = undefined;
      run(0, early);
      turn += 1;
    }
    // What takes a search along an input is nothing yet: `rest` computes it, and lets go of the page between two searches.
    var turn = 0;
    function at(p) {
      begin(p);
      memory.fill(NaN, first + early);
      return told();
    }
    at.rest = early < count && async function (p, going) {
      begin(p);
      var mine = turn, known = memory.slice(first + early);
      for (var n = early, to; n < count; n = to) {
        to = code[n] === 5 ? n + A[n] + 2 : n + 1;
        if (code[n] >= 7) {
          if (!(await going())) return null;
          if (turn !== mine) { // another case was asked in between, in the same memory
            begin(p);
            mine = turn;
            memory.set(known, first + early);
          }
        }
        run(n, to);
        known[to - 1 - early] = memory[first + to - 1];
      }
      return told();
    };
    return at;
  };
})();
