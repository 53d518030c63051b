/** The dashboard. */

export const dashboard = {};
