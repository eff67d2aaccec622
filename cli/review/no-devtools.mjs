/** Stands in the bundle for react's debugger, which ink asks for only when the variable DEV says so. */
export default { initialize() {}, connectToDevTools() {} };
