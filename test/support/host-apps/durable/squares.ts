/** How many activities that square run in this process, and have run at the same time. */
export const squares = { running: 0, maxRunning: 0 };
