module nightly.example/app

go 1.19
