/** The developer panel and the board of page loads. */

export const panel = {};
