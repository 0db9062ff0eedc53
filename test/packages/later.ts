// Functions of packages that can't be traced yet, with what is missing.
export default {
  "astronomia deltat.deltaT": "slices of tables whose place depends on the data",
  "simple-statistics median": "a quickselect whose recursion depends on the data",
  "simple-statistics gamma": "a recursion that depends on the data, in a product",
};
