export const slimAcorn: {
  name: string;
  transform: { filter: { id: RegExp }; handler(code: string): string };
};
