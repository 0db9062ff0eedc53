// @ts-nocheck Some packages have no types.
// The earth and the sky.

import { SphericalMercator } from "@mapbox/sphericalmercator";
import * as astronomia from "astronomia";
import * as d3Geo from "d3-geo";
import haversine from "haversine-distance";
import * as satellite from "satellite.js";
import * as suncalc from "suncalc";
import { between, many } from "../corpus/range.ts";

const { angle, base, eqtime, fit, kepler, moonposition, nutation, precess, refraction, solar } = astronomia;
const onMap = [between(-3, 3), between(-1.4, 1.4)];
const inMap = [between(-1, 1), between(-0.8, 0.8)];
const orbit = { x: between(4000, 6000), y: between(3000, 5000), z: between(1000, 3000) };
const place = { longitude: between(-3, 3), latitude: between(-1, 1), height: between(0, 2) };
const day = [between(2460000, 2460100)];
const moment = [between(1.7e12, 1.7001e12), between(10, 50), between(-60, -10)];
const stars = [
  { ra: between(0.1, 1), dec: between(0.1, 1) },
  { ra: between(-1, -0.1), dec: between(0.1, 1) },
];

export default {
  "d3-geo": [
    ["geoMercatorRaw", d3Geo.geoMercatorRaw, onMap],
    ["geoMercatorRaw.invert", d3Geo.geoMercatorRaw.invert, inMap],
    ["geoEqualEarthRaw", d3Geo.geoEqualEarthRaw, onMap],
    ["geoEqualEarthRaw.invert", d3Geo.geoEqualEarthRaw.invert, inMap],
    ["geoNaturalEarth1Raw.invert", d3Geo.geoNaturalEarth1Raw.invert, inMap],
    ["geoConicConformalRaw(0.5, 0.9)", d3Geo.geoConicConformalRaw(0.5, 0.9), [between(-3, 3), between(-1.2, 1.4)]],
    ["geoConicEqualAreaRaw(0.5, 0.9).invert", d3Geo.geoConicEqualAreaRaw(0.5, 0.9).invert, many(2, -0.4, 0.4)],
    ["geoAzimuthalEquidistantRaw", d3Geo.geoAzimuthalEquidistantRaw, inMap, [], [[0, 0]]],
    ["geoInterpolate([10, 20], [60, -30])", d3Geo.geoInterpolate([10, 20], [60, -30]), [between(0, 1)], [[0], [1]]],
    ["geoRotation([30, 40, 10])", d3Geo.geoRotation([30, 40, 10]), [many(2, -40, 40)]],
    ["geoDistance", d3Geo.geoDistance, [many(2, -40, 40), many(2, 41, 60)]],
    ["geoMercator()", d3Geo.geoMercator(), [many(2, -40, 40)]],
    ["geoAlbers()", d3Geo.geoAlbers(), [[between(-120, -80), between(30, 45)]]],
  ],
  "haversine-distance": [
    [
      "of { latitude, longitude }",
      haversine,
      many(2, 0, 1).map((_, i) => ({ latitude: between(10 * i, 10 * i + 9), longitude: between(50 * i, 50 * i + 40) })),
    ],
    [
      "of { lat, lng } and { lat, lon }",
      haversine,
      [
        { lat: between(1, 2), lng: between(3, 4) },
        { lat: between(11, 22), lon: between(13, 24) },
      ],
    ],
    ["of pairs", haversine, [many(2, 10, 40), many(2, -40, -10)]],
  ],
  "@mapbox/sphericalmercator": [
    ["forward", (lon, lat) => new SphericalMercator().forward([lon, lat]), [between(10, 50), between(-60, -10)]],
    ["inverse", (x, y) => new SphericalMercator().inverse([x, y]), [between(1000, 5000), between(-6000, -1000)]],
  ],
  "satellite.js": [
    ["geodeticToEcf", satellite.geodeticToEcf, [place]],
    ["eciToGeodetic", satellite.eciToGeodetic, [orbit, between(0, 1)]],
    ["ecfToLookAngles", satellite.ecfToLookAngles, [place, orbit]],
    ["eciToEcf", satellite.eciToEcf, [orbit, between(0, 1)]],
    [
      "dopplerFactor",
      satellite.dopplerFactor,
      [orbit, { ...orbit, x: between(6500, 7000) }, { x: between(1, 5), y: between(3, 5), z: between(1, 3) }],
    ],
    ["sunPos", satellite.sunPos, day],
    ["gstime", satellite.gstime, [between(2460000, 2460001)]],
  ],
  suncalc: [
    ["getPosition", suncalc.getPosition, moment],
    ["getMoonPosition", suncalc.getMoonPosition, moment],
  ],
  astronomia: [
    ["kepler.trueAnomaly", kepler.trueAnomaly, [between(0.2, 2), between(0.1, 0.8)]],
    ["kepler.kepler4", kepler.kepler4, [between(0.1, 0.8), between(0.2, 2)]],
    ["kepler.radius", kepler.radius, many(3, 0.2, 0.8)],
    ["solar.apparentEquatorial", solar.apparentEquatorial, day],
    ["solar.true", solar.true, [between(0.2, 0.3)]],
    ["nutation.approxNutation", nutation.approxNutation, day],
    ["moonposition.position", moonposition.position, day],
    ["refraction.bennett2", refraction.bennett2, [between(0.2, 0.8)]],
    ["eqtime.eSmart", eqtime.eSmart, day],
    ["angle.sep", angle.sep, stars],
    ["base.limb", base.limb, stars],
    ["precess.mn", precess.mn, many(2, 2000, 2050)],
    ["fit.quadratic", fit.quadratic, [[0, 1, 2, 3].map((i) => ({ x: between(i, i + 0.5), y: between(0, 1) }))]],
  ],
};
