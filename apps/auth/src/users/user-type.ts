/** 1 customer, 2 distributor; the documented sample of a token has 1 (reference L91). */
export const USER_TYPE = 1;
