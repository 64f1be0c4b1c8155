// The library that reads inputs has this CommonJS copy; an import would find another one, with factories of its own.
module.exports = require("@azure/functions-extensions-base").ResourceFactoryResolver.getInstance();
