module vitrust.example/differential

go 1.24
