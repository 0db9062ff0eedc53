/** Every error that epsilane throws on purpose. `code` is stable; `message` says what was wrong, where, and what to do. */
export class EpsilaneError extends Error {
  override readonly name = "EpsilaneError";
  readonly code: string;
  /** Index of the first point concerned, where the error belongs to a point. */
  declare readonly index?: number;

  constructor(code: string, message: string, options: { cause?: unknown; index?: number } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    if (options.index !== undefined) this.index = options.index;
  }
}
