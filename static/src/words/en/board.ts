/** Boards. */

export const board = {};
