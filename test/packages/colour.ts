// @ts-nocheck Some packages have no types.
// Colours.
import convert from "color-convert";
import * as culori from "culori";
import * as d3Color from "d3-color";
import DeltaE from "delta-e";
import { Hsluv } from "hsluv";
import { between, many } from "../corpus/range.ts";

const rgb = { r: between(0.05, 0.95), g: between(0.05, 0.95), b: between(0.05, 0.95) };
const lab = { l: between(20, 90), a: between(-40, 40), b: between(-40, 40) };
const bytes = many(3, 5, 250);
const shades = [between(0, 359), between(5, 95), between(5, 95)];
const capitals = { L: between(20, 80), A: between(-40, 40), B: between(-40, 40) };
const grey = [[{ r: 0.5, g: 0.5, b: 0.5 }]];

export default {
  culori: [
    ["convertRgbToLab", culori.convertRgbToLab, [rgb]],
    ["convertRgbToOklab", culori.convertRgbToOklab, [rgb], [], grey],
    ["convertLabToRgb", culori.convertLabToRgb, [lab]],
    ["convertRgbToHsl", culori.convertRgbToHsl, [rgb]],
    ["convertRgbToHsv", culori.convertRgbToHsv, [rgb]],
    ["convertRgbToHsi", culori.convertRgbToHsi, [rgb]],
    ["convertRgbToHwb", culori.convertRgbToHwb, [rgb]],
    ["convertHslToRgb", culori.convertHslToRgb, [{ h: between(0, 360), s: between(0, 1), l: between(0, 1) }]],
    ["convertLabToLch", culori.convertLabToLch, [lab]],
    ["convertOklabToOkhsl", culori.convertOklabToOkhsl, [{ l: between(0.3, 0.8), a: between(-0.1, 0.1), b: between(-0.1, 0.1) }]],
    ["convertRgbToCubehelix", culori.convertRgbToCubehelix, [rgb]],
    ["convertRgbToJab", culori.convertRgbToJab, [rgb]],
    ["convertXyz50ToLuv", culori.convertXyz50ToLuv, [{ x: between(0.1, 0.9), y: between(0.1, 0.9), z: between(0.1, 0.9) }]],
    ["wcagLuminance", culori.wcagLuminance, [rgb], grey],
    ["differenceCiede2000()", culori.differenceCiede2000(), [lab, lab]],
    ["differenceCmc()", culori.differenceCmc(), [lab, lab]],
    ["filterSepia(0.7, 'lrgb')", culori.filterSepia(0.7, "lrgb"), [rgb]],
    ["easingSmoothstep", culori.easingSmoothstep, [between(0, 1)]],
    ["blerp", culori.blerp, many(6, 0, 1)],
  ],
  "color-convert": [
    ["rgb.hsl", convert.rgb.hsl, bytes],
    ["rgb.hsl.raw", convert.rgb.hsl.raw, [bytes]],
    ["rgb.lab.raw", convert.rgb.lab.raw, [bytes]],
    ["rgb.hcg.raw", convert.rgb.hcg.raw, [bytes]],
    ["hsl.rgb.raw", convert.hsl.rgb.raw, [shades]],
    ["hsv.rgb.raw", convert.hsv.rgb.raw, [shades]],
    ["lch.rgb.raw", convert.lch.rgb.raw, [[between(40, 60), between(5, 25), between(5, 95)]]],
  ],
  "delta-e": [
    ["getDeltaE00", DeltaE.getDeltaE00, [capitals, capitals]],
    ["getDeltaE94", DeltaE.getDeltaE94, [capitals, capitals]],
  ],
  "d3-color": [
    [
      "lab of rgb",
      (r, g, b) => {
        const { l, a, b: blue } = d3Color.lab(d3Color.rgb(r, g, b));
        return [l, a, blue];
      },
      bytes,
    ],
    [
      "rgb of hsl",
      (h, s, l) => {
        const { r, g, b } = d3Color.hsl(h, s, l).rgb();
        return [r, g, b];
      },
      [between(10, 340), between(0.2, 0.8), between(0.2, 0.8)],
    ],
  ],
  hsluv: [
    [
      "rgbToHsluv",
      (r, g, b) => {
        const c = new Hsluv();
        [c.rgb_r, c.rgb_g, c.rgb_b] = [r, g, b];
        c.rgbToHsluv();
        return [c.hsluv_h, c.hsluv_s, c.hsluv_l];
      },
      many(3, 0.2, 0.8),
    ],
  ],
};
