const file = require.resolve("@azure/functions");

for (const name of ["first", "second"]) {
  delete require.cache[file];
  require("@azure/functions").app.http(name, { handler: () => ({ body: name }) });
}
