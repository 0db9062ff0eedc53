// Prints as JSON what ./cases.mjs computes in the engine that runs this: digests, or the numbers of the case that is named.
import process from "node:process";
import * as epsilane from "../../dist/index.js";
import { results } from "./cases.mjs";

console.log(JSON.stringify(results(epsilane, process.argv[2])));
