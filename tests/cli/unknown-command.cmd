chek samples
