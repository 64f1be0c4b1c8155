throw new Error("A setting is missing.");
