import { derivative, dual, evaluate, gradient, jacobian, jvp } from "epsilane";
import { results } from "./cases.mjs";

globalThis.finished = results({ derivative, dual, evaluate, gradient, jacobian, jvp });
